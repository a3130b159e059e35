package dev.evergreen.server.team;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On the [Agent] that a route asks for: for anybody without this permission there is no such
/// route. Of what may be granted for some tickets only, the finder then says which.
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface May {
  Permission value();
}
