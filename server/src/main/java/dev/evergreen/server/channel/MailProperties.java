package dev.evergreen.server.channel;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Where mail comes in and goes out.
///
/// @param address that customers write to, while no administrator has set another
/// @param in `host:port` of the SMTP listener, or `off`
/// @param relay `smtp://user:password@host:port` (STARTTLS when offered), `smtp+starttls://…`
///   (required), `smtps://…`; without one, outgoing mail stays in the built-in mailbox
/// @param largest mail that the listener takes
/// @param certificate PEM chain that lets the listener offer STARTTLS, with `key` in PEM
/// @param readers threads per node that turn raw mail into tickets
@ConfigurationProperties("evergreen.mail")
public record MailProperties(
    @DefaultValue("support@localhost") String address,
    @DefaultValue("127.0.0.1:2525") String in,
    @DefaultValue("") String relay,
    @DefaultValue("35MB") DataSize largest,
    @Nullable Path certificate,
    @Nullable Path key,
    @DefaultValue("2") int readers) {}
