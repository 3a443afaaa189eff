package dev.vidame.sdk;

import static java.util.Comparator.comparing;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the public API as text, one member a line: what the package has, and whatever of our other
 * packages can be reached from it.
 */
final class PublicApi {
  private static final String OURS = "dev.vidame.";
  private static final Set<String> OF_EVERY_OBJECT = Set.of("toString", "equals", "hashCode");

  private final Map<String, Class<?>> types = new TreeMap<>();

  PublicApi(Collection<Class<?>> roots) {
    roots.stream().filter(PublicApi::isPublic).forEach(this::reach);
  }

  private static boolean isPublic(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && (type.getDeclaringClass() == null || isPublic(type.getDeclaringClass()));
  }

  private void reach(Class<?> type) {
    if (type.isArray()) {
      reach(type.getComponentType());
    } else if (type.getName().startsWith(OURS)
        && isPublic(type)
        && types.putIfAbsent(type.getName(), type) == null) {
      Stream.of(type.getDeclaredClasses()).forEach(this::reach);
      executables(type)
          .forEach(executable -> {
            Stream.of(executable.getGenericParameterTypes()).forEach(this::reachAll);
            if (executable instanceof Method method) {
              reachAll(method.getGenericReturnType());
            }
          });
    }
  }

  private void reachAll(Type type) {
    if (type instanceof Class<?> plain) {
      reach(plain);
    } else if (type instanceof ParameterizedType generic) {
      reachAll(generic.getRawType());
      Stream.of(generic.getActualTypeArguments()).forEach(this::reachAll);
    } else if (type instanceof WildcardType wildcard) {
      Stream.of(wildcard.getUpperBounds()).forEach(this::reachAll);
    }
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (Class<?> type : types.values()) {
      text.append(head(type)).append('\n');
      members(type)
          .sorted()
          .distinct()
          .forEach(line -> text.append("  ").append(line).append('\n'));
    }
    return text.toString();
  }

  private static String head(Class<?> type) {
    String kind =
        type.isRecord()
            ? "record"
            : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
    int shown = Modifier.ABSTRACT | Modifier.FINAL | Modifier.STATIC;
    String modifiers =
        kind.equals("class") ? Modifier.toString(type.getModifiers() & shown) + " " : "";
    String sealed = type.isSealed() ? "sealed " : "";
    List<Type> supers = new ArrayList<>(List.of(type.getGenericInterfaces()));
    Type parent = type.getGenericSuperclass();
    if (parent != null && kind.equals("class") && parent != Object.class) {
      supers.add(0, parent);
    }
    String above =
        supers.isEmpty()
            ? ""
            : " : " + supers.stream().map(PublicApi::name).collect(Collectors.joining(", "));
    return (modifiers.strip() + " ").stripLeading()
        + sealed
        + kind
        + " "
        + type.getName()
        + variables(type.getTypeParameters())
        + components(type)
        + above;
  }

  private static String components(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    return components == null
        ? ""
        : Arrays.stream(components)
            .map(component -> name(component.getAnnotatedType()) + " " + component.getName())
            .collect(Collectors.joining(", ", "(", ")"));
  }

  private static Stream<String> members(Class<?> type) {
    Stream<String> fields =
        Arrays.stream(type.getDeclaredFields())
            .filter(field -> isSeen(field.getModifiers()) && !field.isSynthetic())
            .map(PublicApi::line);
    return Stream.concat(fields, executables(type).map(PublicApi::line));
  }

  private static boolean isSeen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static Stream<Executable> executables(Class<?> type) {
    return Stream.<Executable>concat(
            Stream.of(type.getDeclaredConstructors()), Stream.of(type.getDeclaredMethods()))
        .filter(executable -> isSeen(executable.getModifiers()) && !executable.isSynthetic())
        .filter(executable -> !OF_EVERY_OBJECT.contains(executable.getName()))
        .filter(executable -> !isCanonical(executable))
        .sorted(comparing(Executable::toGenericString, Comparator.naturalOrder()));
  }

  /** The constructor that the head of a record tells already; Java 17 shows it less exactly. */
  private static boolean isCanonical(Executable executable) {
    RecordComponent[] components = executable.getDeclaringClass().getRecordComponents();
    return components != null
        && executable instanceof Constructor<?>
        && executable.getParameterCount() == components.length;
  }

  private static String line(Field field) {
    return modifiers(field.getModifiers()) + name(field.getGenericType()) + " " + field.getName();
  }

  private static String line(Executable executable) {
    String parameters =
        Arrays.stream(executable.getAnnotatedParameterTypes())
            .map(PublicApi::name)
            .collect(Collectors.joining(", ", "(", ")"));
    String variables = variables(executable.getTypeParameters());
    if (executable instanceof Constructor<?>) {
      return "new" + parameters;
    }
    Method method = (Method) executable;
    return modifiers(method.getModifiers())
        + (method.isDefault() ? "default " : "")
        + (variables.isEmpty() ? "" : variables + " ")
        + name(method.getAnnotatedReturnType())
        + " "
        + method.getName()
        + parameters;
  }

  private static String modifiers(int modifiers) {
    int shown = Modifier.STATIC | Modifier.ABSTRACT | Modifier.PROTECTED;
    String text = Modifier.toString(modifiers & shown);
    return text.isEmpty() ? "" : text + " ";
  }

  private static String variables(TypeVariable<?>[] variables) {
    return variables.length == 0
        ? ""
        : Arrays.stream(variables)
            .map(PublicApi::variable)
            .collect(Collectors.joining(", ", "<", ">"));
  }

  private static String variable(TypeVariable<?> variable) {
    Optional<Type> bound =
        Arrays.stream(variable.getBounds()).filter(type -> type != Object.class).findFirst();
    return variable.getName() + bound.map(type -> " extends " + name(type)).orElse("");
  }

  /** A type, with a question mark where it may be null. */
  private static String name(AnnotatedType type) {
    return name(type.getType()) + (type.isAnnotationPresent(Nullable.class) ? "?" : "");
  }

  /** A type as a signature shows it, java.lang left out. */
  private static String name(Type type) {
    if (type instanceof Class<?> plain) {
      return plain.isArray()
          ? name(plain.getComponentType()) + "[]"
          : plain.getName().replaceFirst("^java\\.lang\\.(?=[A-Z])", "");
    }
    if (type instanceof ParameterizedType generic) {
      return name(generic.getRawType())
          + Arrays.stream(generic.getActualTypeArguments())
              .map(PublicApi::name)
              .collect(Collectors.joining(", ", "<", ">"));
    }
    if (type instanceof GenericArrayType array) {
      return name(array.getGenericComponentType()) + "[]";
    }
    if (type instanceof WildcardType wildcard) {
      return wildcard.getLowerBounds().length > 0
          ? "? super " + name(wildcard.getLowerBounds()[0])
          : wildcard.getUpperBounds()[0] == Object.class
              ? "?"
              : "? extends " + name(wildcard.getUpperBounds()[0]);
    }
    return type.getTypeName();
  }
}
