package dev.evergreen.server.rights;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/// Every route of the program as its code declares it, with something to send to each that is of
/// the right kind: what comes back then speaks of rights, not of missing fields.
final class Routes {
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)(?::([^}]+))?}");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Routes() {}

  /// @param name method and path, and what else tells it from others: `POST /views/{id}`
  record Route(
      String name, String method, String pattern, Map<String, String> form, Sending sending) {
    boolean isForPrograms() {
      return pattern.startsWith("/api/");
    }

    boolean changes() {
      return !method.equals("GET");
    }

    /// The path with these values in the place of what it names, in order. What can only be one of
    /// a few words is the first of them.
    String path(List<String> values) {
      var left = values.iterator();
      return VARIABLE
          .matcher(pattern)
          .replaceAll(
              found -> isWord(found.group(2)) ? found.group(2).split("\\|")[0] : next(left));
    }

    private String next(java.util.Iterator<String> values) {
      if (!values.hasNext()) {
        throw new IllegalStateException("expected an object for " + name);
      }
      return values.next();
    }

    private static boolean isWord(@Nullable String expression) {
      return expression != null && expression.matches("[\\w|-]+");
    }
  }

  sealed interface Sending {
    record Nothing() implements Sending {}

    record Form() implements Sending {}

    record Upload() implements Sending {}

    record Json(String body) implements Sending {}
  }

  static List<Route> of(RequestMappingHandlerMapping mappings) {
    return mappings.getHandlerMethods().entrySet().stream()
        .filter(entry -> entry.getValue().getBeanType().getName().startsWith("dev.evergreen."))
        .flatMap(entry -> routes(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(Route::pattern).thenComparing(Route::name))
        .toList();
  }

  private static Stream<Route> routes(RequestMappingInfo mapping, HandlerMethod handler) {
    var marks = new TreeMap<String, String>();
    mapping
        .getParamsCondition()
        .getExpressions()
        .forEach(mark -> marks.put(mark.getName(), String.valueOf(mark.getValue())));
    var marked = marks.isEmpty() ? "" : "?" + marks.toString().replaceAll("[{}]", "");
    return mapping.getMethodsCondition().getMethods().stream()
        .map(RequestMethod::name)
        .flatMap(method ->
            mapping.getPatternValues().stream()
                .map(pattern ->
                    new Route(
                        method + " " + VARIABLE.matcher(pattern).replaceAll("{$1}") + marked,
                        method,
                        pattern,
                        form(handler, marks),
                        sending(handler, method))));
  }

  private static Map<String, String> form(HandlerMethod handler, Map<String, String> marks) {
    var form = new TreeMap<>(marks);
    for (MethodParameter parameter : handler.getMethodParameters()) {
      var asked = parameter.getParameterAnnotation(RequestParam.class);
      if (asked != null && isNeeded(asked, parameter.getParameterType())) {
        parameter.initParameterNameDiscovery(
            new org.springframework.core.DefaultParameterNameDiscoverer());
        var name = asked.name().isEmpty() ? asked.value() : asked.name();
        form.putIfAbsent(
            name.isEmpty() ? String.valueOf(parameter.getParameterName()) : name,
            sample(parameter.getParameterType()));
      }
    }
    return form;
  }

  private static boolean isNeeded(RequestParam asked, Class<?> type) {
    return asked.required()
        && asked.defaultValue().equals(ValueConstants.DEFAULT_NONE)
        && !Map.class.isAssignableFrom(type)
        && type != MultipartFile.class;
  }

  private static String sample(Class<?> type) {
    if (type.isEnum()) {
      return ((Enum<?>) type.getEnumConstants()[0]).name();
    }
    return type == String.class ? "x" : type == boolean.class ? "false" : "1";
  }

  private static Sending sending(HandlerMethod handler, String method) {
    if (method.equals("GET")) {
      return new Sending.Nothing();
    }
    for (MethodParameter parameter : handler.getMethodParameters()) {
      if (parameter.hasParameterAnnotation(RequestBody.class)) {
        return new Sending.Json(
            JSON.writeValueAsString(value(parameter.getGenericParameterType())));
      }
      if (parameter.getParameterType() == MultipartFile.class) {
        return new Sending.Upload();
      }
    }
    return new Sending.Form();
  }

  /// A value of a type that a body may have.
  private static Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      return value(generic.getRawType());
    }
    var plain = (Class<?>) type;
    if (plain.isRecord()) {
      var fields = new LinkedHashMap<String, Object>();
      Arrays.stream(plain.getRecordComponents())
          .filter(component -> !isOptional(component))
          .forEach(component -> fields.put(component.getName(), value(component.getGenericType())));
      return fields;
    }
    if (plain.isEnum()) {
      return ((Enum<?>) plain.getEnumConstants()[0]).name();
    }
    if (Collection.class.isAssignableFrom(plain)) {
      return List.of();
    }
    if (Map.class.isAssignableFrom(plain)) {
      return Map.of();
    }
    return plain == String.class
        ? "x"
        : plain == boolean.class || plain == Boolean.class ? false : 1;
  }

  private static boolean isOptional(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }
}
