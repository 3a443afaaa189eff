package dev.vidame.server.dashboard;

import dev.vidame.server.dashboard.Notice.Deleted;
import dev.vidame.server.dashboard.Notice.Sentence;
import dev.vidame.server.texts.Text;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import dev.vidame.wire.UserId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notice between two requests, as bytes. It is kept as templates with arguments, so that the page
 * that tells it does so in its reader's language. Thread-safe.
 */
final class NoticeBytes {
  private static final int MOST_TEXTS = 8;

  private NoticeBytes() {}

  static byte[] of(Notice notice) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeBoolean(notice.isFault());
      out.writeInt(notice.sentences().size());
      for (Sentence sentence : notice.sentences()) {
        AccountField field = sentence.field();
        write(out, field == null ? "" : field.name());
        write(out, sentence.text());
      }
      Deleted deleted = notice.deleted();
      out.writeBoolean(deleted != null);
      if (deleted != null) {
        write(out, deleted.customer().toString());
        write(out, deleted.user().toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  static void write(DataOutputStream out, Text text) throws IOException {
    List<Text> texts = new ArrayList<>();
    Optional<Text> part = Optional.of(text);
    while (part.isPresent() && texts.size() < MOST_TEXTS) {
      texts.addFirst(part.get());
      part = part.get().before();
    }
    out.writeInt(texts.size());
    for (Text each : texts) {
      write(out, each.template());
      out.writeInt(each.arguments().size());
      for (String argument : each.arguments()) {
        write(out, argument);
      }
    }
  }

  static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * The notice; empty where the bytes are of a server of another version, which keeps them in
   * another form. What was done is done all the same.
   */
  static Optional<Notice> read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      boolean isFault = in.readBoolean();
      List<Sentence> sentences = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        AccountField field = field(string(in));
        sentences.add(new Sentence(field, text(in)));
      }
      Deleted deleted =
          in.readBoolean() ? new Deleted(new CustomerId(id(in)), new UserId(id(in))) : null;
      return in.available() == 0
          ? Optional.of(new Notice(isFault, sentences, deleted))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static @Nullable AccountField field(String name) throws IOException {
    try {
      return name.isEmpty() ? null : AccountField.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("A field of another version", e);
    }
  }

  static Text text(DataInputStream in) throws IOException {
    Text text = null;
    for (int left = in.readInt(); left > 0; left--) {
      String template = string(in);
      List<String> arguments = new ArrayList<>();
      for (int more = in.readInt(); more > 0; more--) {
        arguments.add(string(in));
      }
      Text next = new Text(template, arguments);
      text = text == null ? next : next.behind(text);
    }
    if (text == null) {
      throw new IOException("No text");
    }
    return text;
  }

  static UUID id(DataInputStream in) throws IOException {
    return Guid.parse(string(in)).orElseThrow(() -> new IOException("No id"));
  }

  static String string(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("No text of that length");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
