package dev.vidame.testkit;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * JUnit's way to a server: it starts before the first test of a class, returns to its first state
 * before each, and stops behind the last. What {@code @BeforeAll} methods have made is part of that
 * state. When a test fails, the exchanges that it had with the server are printed to {@code
 * System.err}, without their secrets.
 *
 * {@snippet :
 * @RegisterExtension static final VidameExtension vidame = VidameExtension.standard();
 *
 * @Test
 * void accountIsRead() {
 *   vidame.get().client().customers()...
 * }
 * }
 *
 * <p>The field is static: the server is a class's and not a test's. Each class has its own, so
 * classes may run beside each other. Tests of one class share it and must take turns, which {@link
 * VidameTest} sees to; tests that do not are stopped with an error.
 */
public final class VidameExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver,
        TestWatcher {
  private final Supplier<Vidame> start;
  private final AtomicReference<@Nullable String> underWay = new AtomicReference<>();

  /** The states to return to, of the class and of the nested classes within it, innermost first. */
  private final Deque<AtomicReference<@Nullable Snapshot>> states = new ArrayDeque<>();

  private @Nullable Vidame vidame;

  private VidameExtension(Supplier<Vidame> start) {
    this.start = start;
  }

  /** For JUnit, where {@link VidameTest} asks for it. */
  VidameExtension() {
    this(Vidame::start);
  }

  /** A server with the founding document in it. */
  public static VidameExtension standard() {
    return new VidameExtension(Vidame::start);
  }

  /** A server that this builder describes. */
  public static VidameExtension of(Vidame.Builder builder) {
    return new VidameExtension(builder::start);
  }

  /**
   * The server.
   *
   * @throws IllegalStateException when no test runs
   */
  public Vidame get() {
    if (vidame == null) {
      throw new IllegalStateException(
          "The server starts before the first test of a class whose static field this is");
    }
    return vidame;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (states.isEmpty()) {
      vidame = start.get();
    } else {
      returnToState(); // of the class around
    }
    states.push(new AtomicReference<>());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (states.isEmpty()) {
      throw new ExtensionConfigurationException(
          "The field of a VidameExtension must be static: the server is the class's");
    }
    String other = underWay.compareAndExchange(null, context.getUniqueId());
    if (other != null) {
      throw new ExtensionConfigurationException(
          "Two tests share a server at the same time, and one's reset would be the other's surprise: "
              + other
              + " is under way. Use @VidameTest, or @Execution(SAME_THREAD) on each test");
    }
    returnToState();
  }

  /** The first test of a class finds what was made before it, and later ones find the same. */
  private void returnToState() {
    AtomicReference<@Nullable Snapshot> state = states.element();
    Snapshot known = state.get();
    if (known == null) {
      state.set(get().snapshot());
      get().forget();
    } else {
      get().restore(known);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    underWay.compareAndSet(context.getUniqueId(), null);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    states.pop();
    if (states.isEmpty()) {
      get().close();
      vidame = null;
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Vidame.class;
  }

  @Override
  public Vidame resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return get();
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    if (vidame == null) {
      return;
    }
    List<Exchange> exchanges = vidame.exchanges();
    PrintStream err = System.err;
    StringBuilder text = new StringBuilder();
    text.append(context.getDisplayName())
        .append(" failed; ")
        .append(
            exchanges.isEmpty() ? "it asked the server nothing" : "its exchanges with the server:")
        .append(System.lineSeparator());
    exchanges.forEach(exchange -> text.append(System.lineSeparator()).append(exchange));
    err.println(text);
  }
}
