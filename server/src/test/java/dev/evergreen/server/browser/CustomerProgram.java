package dev.evergreen.server.browser;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.net.InetSocketAddress;
import java.util.Properties;

/// A customer's mail program: speaks SMTP to the product's listener, and answers as such programs
/// do, by nothing but the headers of the mail that is answered.
final class CustomerProgram {
  private final Session session;
  private final InternetAddress support;
  private final InternetAddress owner;

  CustomerProgram(InetSocketAddress server, String support, String name, String address) {
    var settings = new Properties();
    settings.setProperty("mail.smtp.host", server.getAddress().getHostAddress());
    settings.setProperty("mail.smtp.port", Integer.toString(server.getPort()));
    settings.setProperty("mail.smtp.from", address);
    session = Session.getInstance(settings);
    this.support = address(support);
    owner = address(address);
    try {
      owner.setPersonal(name, "UTF-8");
    } catch (UnsupportedEncodingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// Writes to the support address; returns the mail's Message-ID.
  String write(String subject, String text) throws MessagingException {
    return send(mail(new Address[] {support}, subject, text));
  }

  String writeHtml(String subject, String html) throws MessagingException {
    MimeMessage mail = mail(new Address[] {support}, subject, "");
    mail.setContent(html, "text/html; charset=utf-8");
    return send(mail);
  }

  /// Answers a mail where and under which headers it asks to be answered.
  String answer(MimeMessage received, String text) throws MessagingException {
    MimeMessage mail = mail(received.getReplyTo(), received.getSubject(), text);
    mail.setHeader("In-Reply-To", received.getMessageID());
    mail.setHeader(
        "References", received.getHeader("References", " ") + " " + received.getMessageID());
    return send(mail);
  }

  private MimeMessage mail(Address[] to, String subject, String text) throws MessagingException {
    var mail = new MimeMessage(session);
    mail.setFrom(owner);
    mail.setRecipients(Message.RecipientType.TO, to);
    mail.setSubject(subject, "UTF-8");
    mail.setText(text, "UTF-8");
    return mail;
  }

  private static String send(MimeMessage mail) throws MessagingException {
    Transport.send(mail);
    return mail.getMessageID();
  }

  private static InternetAddress address(String text) {
    try {
      return new InternetAddress(text, true);
    } catch (MessagingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
