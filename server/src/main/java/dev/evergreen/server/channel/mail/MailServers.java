package dev.evergreen.server.channel.mail;

import org.springframework.stereotype.Component;

/// Work with other people's mail servers, a step at a time: what the node's threads do again and
/// again, and a test or demo does when it wants.
@Component
public class MailServers {
  private final Relay relay;
  private final MailboxWatch watch;

  MailServers(Relay relay, MailboxWatch watch) {
    this.relay = relay;
    this.watch = watch;
  }

  /// Hands letters that are due to the relay; returns how many were taken up.
  public int send() {
    return relay.isConfigured() ? relay.sendSome() : 0;
  }

  /// Starts reading mailboxes that nobody reads, keeps reading those of this node.
  public void watch() {
    watch.look();
  }

  /// Gives up this node's mailboxes, so that another may read them at once.
  public void stop() {
    watch.stop();
  }
}
