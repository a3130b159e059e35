package dev.evergreen.server.channel;

/// What stands under the answers of agents, in Liquid.
///
/// @param id 0 for one that is to be added
/// @param mailbox the address of the mailbox that it is for; empty for every one
/// @param language the code of the language that it is for; empty for every one
public record Signature(long id, String mailbox, String language, String text, long revision) {}
