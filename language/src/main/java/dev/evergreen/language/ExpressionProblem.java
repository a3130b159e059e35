package dev.evergreen.language;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What CEL's type checker says, in the words of our readers.
record ExpressionProblem(String found, String expected, String remedy) {
  private static final Pattern OVERLOAD =
      Pattern.compile(
          "found no matching overload for '(.+?)' applied to '(.*?)\\((.*?)\\)'.*", Pattern.DOTALL);
  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '(.+?)'.*", Pattern.DOTALL);

  private static final Map<String, String> TYPES =
      Map.of(
          "string", "text",
          "bool", "a boolean",
          "int", "a whole number",
          "double", "a decimal number",
          "google.protobuf.Timestamp", "a moment",
          "google.protobuf.Duration", "a duration");

  static ExpressionProblem of(String message) {
    var overload = OVERLOAD.matcher(message);
    if (overload.matches()) {
      var types =
          Arrays.stream(overload.group(3).split(", "))
              .map(type -> TYPES.getOrDefault(type, type))
              .collect(Collectors.joining(" and "));
      var operator = overload.group(1).replace("_", "").replace("@", "");
      return new ExpressionProblem(
          "%s applied to %s".formatted(Wording.quoted(operator), types),
          expected(operator),
          "mend one of the two sides; texts stand in double quotes, numbers and booleans do not");
    }
    var undeclared = UNDECLARED.matcher(message);
    if (undeclared.matches()) {
      return new ExpressionProblem(
          "unknown function " + Wording.quoted(undeclared.group(1)),
          "a function such as `size`, `contains`, `startsWith`, `endsWith` or `matches`",
          "compare values with `==`, `!=`, `<`, `>`, `in`; join with `&&` and `||`");
    }
    return new ExpressionProblem(
        message, "an expression whose types fit", "mend the part that is marked");
  }

  void report(Spot at, Findings findings) {
    findings.error(at, found, expected, remedy);
  }

  private static String expected(String operator) {
    if (List.of("&&", "||", "!").contains(operator)) {
      return "yes or no on each side";
    }
    return List.of("==", "!=", "<", ">", "<=", ">=").contains(operator)
        ? "two values of the same type"
        : "types that it can take";
  }
}
