package dev.evergreen.server.transfer.vendor;

import dev.evergreen.server.transfer.Bundle;
import dev.evergreen.server.transfer.ForeignTicket;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A program that writes its tickets, their messages and its people in pieces that name each other.
/// They are cut apart in whatever order they come, laid aside, and put together ticket by ticket.
interface Vendor {
  String TICKET = "ticket";
  String ENTRY = "entry";
  String PERSON = "person";

  /// Names of arrays whose elements are pieces.
  Set<String> collections();

  /// Lays aside what is of use in an object.
  void cut(String collection, JsonNode object, Cut cut);

  /// Puts a ticket together from what was laid aside.
  ForeignTicket put(Piece ticket, Pieces pieces, Bundle bundle);

  /// Where pieces are laid aside.
  interface Cut {
    /// @param owner the key of the piece that it belongs to; empty for none
    void piece(String kind, String key, String owner, JsonNode data);

    default void piece(String kind, String key, JsonNode data) {
      piece(kind, key, "", data);
    }

    void finding(String expected, String found);
  }

  /// What was laid aside, with where it stood.
  record Piece(String key, String place, JsonNode data) {}

  /// Finds what was laid aside.
  interface Pieces {
    Piece NONE = new Piece("", "", tools.jackson.databind.node.MissingNode.getInstance());

    /// [#NONE] when there is no such piece.
    Piece get(String kind, String key);

    /// What belongs to a piece, in the order of the keys.
    java.util.List<Piece> of(String kind, String owner);
  }
}
