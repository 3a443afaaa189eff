package dev.vidame.server.dashboard;

import dev.vidame.server.dashboard.SelectionResult.Each;
import dev.vidame.server.dashboard.SelectionResult.Kind;
import dev.vidame.server.dashboard.SelectionResult.WayBack;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a selection between two requests, as bytes, for whichever server shows it.
 * Thread-safe.
 */
final class SelectionBytes {
  private SelectionBytes() {}

  static byte[] of(SelectionResult result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      NoticeBytes.write(out, result.form().toString());
      NoticeBytes.write(out, result.customer().toString());
      NoticeBytes.write(out, result.title());
      out.writeInt(result.accounts().size());
      for (Each each : result.accounts()) {
        write(out, each);
      }
      NoticeBytes.write(out, result.back());
      write(out, result.wayBack());
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Each each) throws IOException {
    NoticeBytes.write(out, each.user().toString());
    NoticeBytes.write(out, each.name());
    NoticeBytes.write(out, each.userName());
    NoticeBytes.write(out, each.kind().name());
    out.writeInt(each.why().size());
    for (String why : each.why()) {
      NoticeBytes.write(out, why);
    }
  }

  private static void write(DataOutputStream out, @Nullable WayBack way) throws IOException {
    NoticeBytes.write(out, way == null ? "" : way.action().name());
    Map<String, String> fields = way == null ? Map.of() : way.fields();
    out.writeInt(fields.size());
    for (Map.Entry<String, String> field : fields.entrySet()) {
      NoticeBytes.write(out, field.getKey());
      NoticeBytes.write(out, field.getValue());
    }
  }

  /** The result; empty where the bytes are of a server of another version. */
  static Optional<SelectionResult> read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      SelectionResult result =
          new SelectionResult(
              NoticeBytes.id(in),
              new CustomerId(NoticeBytes.id(in)),
              NoticeBytes.text(in),
              accounts(in),
              NoticeBytes.string(in),
              wayBack(in));
      return in.available() == 0 ? Optional.of(result) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<Each> accounts(DataInputStream in) throws IOException {
    List<Each> accounts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      accounts.add(
          new Each(
              new UserId(NoticeBytes.id(in)),
              NoticeBytes.string(in),
              NoticeBytes.string(in),
              constant(Kind.class, NoticeBytes.string(in)),
              why(in)));
    }
    return accounts;
  }

  private static List<String> why(DataInputStream in) throws IOException {
    List<String> why = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      why.add(NoticeBytes.string(in));
    }
    return why;
  }

  private static @Nullable WayBack wayBack(DataInputStream in) throws IOException {
    String action = NoticeBytes.string(in);
    Map<String, String> fields = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String name = NoticeBytes.string(in);
      fields.put(name, NoticeBytes.string(in));
    }
    return action.isEmpty() ? null : new WayBack(constant(SelectedAction.class, action), fields);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name) throws IOException {
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new IOException("A name of another version", e);
    }
  }
}
