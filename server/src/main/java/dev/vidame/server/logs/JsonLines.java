package dev.vidame.server.logs;

import dev.vidame.wire.JsonBody;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line: {@code time}, {@code level}, {@code logger}, {@code message}; where a
 * request was being answered, {@code operation}, {@code requestId}, {@code correlationId}, and, as
 * far as known, {@code partner} and {@code trace}; where something was thrown, {@code error}.
 * Thread-safe.
 *
 * <p>Must be called on the thread that logs, as the handlers of the platform do.
 */
public final class JsonLines extends Formatter {

  /** Makes everything that goes to the root's handlers such lines, from now on. */
  public static void install() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setFormatter(new JsonLines());
    }
  }

  @Override
  public String format(LogRecord line) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("time", line.getInstant());
    members.put("level", level(line.getLevel()));
    members.put("logger", line.getLoggerName());
    members.put("message", formatMessage(line));
    RequestContext.current().ifPresent(request -> put(members, request));
    Throwable thrown = line.getThrown();
    members.put("error", thrown == null ? null : stackTrace(thrown));
    return new String(JsonBody.write(members), StandardCharsets.UTF_8) + "\n";
  }

  private static void put(Map<String, @Nullable Object> members, RequestContext request) {
    members.put("operation", request.operation());
    members.put("requestId", request.requestId());
    members.put("correlationId", request.correlationId());
    members.put("partner", request.partner());
    members.put("trace", request.trace());
  }

  /** The names of {@link System.Logger.Level}, which others use, too. */
  private static String level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARNING";
    }
    if (value >= Level.INFO.intValue()) {
      return "INFO";
    }
    return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
