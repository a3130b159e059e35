package dev.evergreen.language;

/// A text that workflows can have sent to the customer.
///
/// @param name how workflows name it
/// @param liquid what it says, in Liquid
public record MessageText(String name, String liquid) {}
