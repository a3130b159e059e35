package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Actor;
import java.util.List;

/// What belongs to a customer in a higher module and goes along when two records of one person
/// become one: a component of that module. Customers know no table but their own.
public interface FollowsCustomer {
  /// What moves, in the plural, such as `tickets`.
  String name();

  /// How much would move, counted no further than `most`.
  int count(CustomerId of, int most);

  /// Moves all, in the caller's transaction.
  ///
  /// @return the ids of what was moved
  List<Long> move(CustomerId from, CustomerId to, Actor by);

  /// Moves back what was moved and still is where it went.
  void moveBack(List<Long> moved, CustomerId from, CustomerId to, Actor by);
}
