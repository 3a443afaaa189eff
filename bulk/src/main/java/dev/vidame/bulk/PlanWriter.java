package dev.vidame.bulk;

import dev.vidame.wire.JsonBody;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan: a line for its header, one for each change, and one at the end that counts them
 * and holds the digest of all bytes before. It has its name only once it is complete. Used by one
 * thread.
 */
final class PlanWriter implements AutoCloseable {
  private final RunFiles files;
  private final FileChannel channel;
  private final OutputStream out;
  private final MessageDigest digest = Digests.sha256();

  PlanWriter(RunFiles files, PlanHeader header) throws IOException {
    this.files = files;
    this.channel = PrivateFiles.createAnew(files.part());
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    line(header.toJson());
  }

  private void line(byte[] json) throws IOException {
    digest.update(json);
    digest.update((byte) '\n');
    out.write(json);
    out.write('\n');
  }

  void add(PlanRow row) throws IOException {
    line(row.toJson());
  }

  /** Completes the plan and gives it its name. */
  void finish(PlanCounts counts) throws IOException {
    Map<String, @Nullable Object> members = counts.members();
    members.put("sha256", HexFormat.of().formatHex(digest.digest()));
    line(JsonBody.write(members));
    out.flush();
    channel.force(true);
    channel.close();
    PrivateFiles.publish(files.part(), files.plan());
  }

  /** Leaves no half of a plan. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(files.part());
  }
}
