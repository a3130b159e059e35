package dev.evergreen.server.workflow.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// A class of stories about one shipped workflow. Each test gets a [Story] of its own; when all of
/// the class have been told, every way through the workflow must have been taken.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Walks.Coverage.class)
@interface Walks {
  String value();

  /// Gives out the stories, and looks afterwards where they have been.
  final class Coverage implements ParameterResolver, AfterAllCallback {
    private static final ExtensionContext.Namespace HERE =
        ExtensionContext.Namespace.create(Walks.class);

    /// The stories told in one class.
    private record Told(List<Story> stories) {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType().equals(Story.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      var story = new Story(Shipped.workflow(workflow(context)).definition());
      told(context.getParent().orElseThrow()).stories().add(story);
      return story;
    }

    /// Where only some tests were asked for, nothing can be said about the rest.
    @Override
    public void afterAll(ExtensionContext context) {
      var stories = told(context).stories();
      if (stories.size() < tests(context) || context.getExecutionException().isPresent()) {
        return;
      }
      var definition = Shipped.workflow(workflow(context)).definition();
      Set<Ways.Way> left = new LinkedHashSet<>(Ways.of(definition));
      stories.forEach(story -> left.removeAll(Ways.takenIn(story.history())));
      assertThat(
              left.stream()
                  .map(way -> "%s: %s".formatted(way.step(), way.which()))
                  .collect(Collectors.joining("\n")))
          .as("ways through %s that no story takes", workflow(context))
          .isEmpty();
    }

    private static long tests(ExtensionContext context) {
      return Arrays.stream(context.getRequiredTestClass().getDeclaredMethods())
          .filter(method -> method.isAnnotationPresent(Test.class))
          .count();
    }

    private static Told told(ExtensionContext context) {
      return context
          .getStore(HERE)
          .computeIfAbsent(
              context.getRequiredTestClass(), _ -> new Told(new ArrayList<>()), Told.class);
    }

    private static String workflow(ExtensionContext context) {
      return Objects.requireNonNull(
              context.getRequiredTestClass().getAnnotation(Walks.class),
              "expected @Walks on the class")
          .value();
    }
  }
}
