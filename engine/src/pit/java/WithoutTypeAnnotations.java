import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.FieldTransform;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.RecordAttribute;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.attribute.RuntimeInvisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleTypeAnnotationsAttribute;
import java.nio.file.Files;
import java.nio.file.Path;

/// Takes the type annotations out of the classes in a folder. Java 25 cannot exchange a record
/// while it runs when one of its components has such an annotation, and exchanging classes is how
/// the mutation tests work. What the classes do stays as it is.
final class WithoutTypeAnnotations {
  private static final ClassTransform TRANSFORM =
      ClassTransform.dropping(WithoutTypeAnnotations::isTypeAnnotation)
          .andThen(
              ClassTransform.transformingMethods(
                  MethodTransform.dropping(WithoutTypeAnnotations::isTypeAnnotation)))
          .andThen(
              ClassTransform.transformingFields(
                  FieldTransform.dropping(WithoutTypeAnnotations::isTypeAnnotation)))
          .andThen((builder, element) ->
              builder.with(element instanceof RecordAttribute it ? plain(it) : element));

  private WithoutTypeAnnotations() {}

  public static void main(String[] folder) throws IOException {
    try (var files = Files.walk(Path.of(folder[0]))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".class")).toList()) {
        var classes = ClassFile.of();
        Files.write(file, classes.transformClass(classes.parse(file), TRANSFORM));
      }
    }
  }

  private static RecordAttribute plain(RecordAttribute attribute) {
    return RecordAttribute.of(
        attribute.components().stream()
            .map(component ->
                RecordComponentInfo.of(
                    component.name(),
                    component.descriptor(),
                    component.attributes().stream().filter(it -> !isTypeAnnotation(it)).toList()))
            .toList());
  }

  private static boolean isTypeAnnotation(Object element) {
    return element instanceof RuntimeVisibleTypeAnnotationsAttribute
        || element instanceof RuntimeInvisibleTypeAnnotationsAttribute;
  }
}
