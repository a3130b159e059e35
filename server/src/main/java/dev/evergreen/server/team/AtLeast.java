package dev.evergreen.server.team;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On the [Agent] that a route asks for: for anybody with a lesser role there is no such route.
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface AtLeast {
  Role value();
}
