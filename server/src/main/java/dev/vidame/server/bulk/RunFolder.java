package dev.vidame.server.bulk;

import dev.vidame.bulk.BulkException;
import dev.vidame.bulk.Plan;
import dev.vidame.bulk.Problem;
import dev.vidame.bulk.RunFiles;
import dev.vidame.bulk.RunReport;
import dev.vidame.bulk.SourceOptions;
import dev.vidame.wire.Guid;
import dev.vidame.wire.JsonBody;
import dev.vidame.wire.WireFormatException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of one run, in a folder that only the owner of this process can read. Those that may
 * hold passwords, or what passwords are made of, are encrypted. Immutable; what is in the folder is
 * changed by one task at a time.
 *
 * @param path the folder
 * @param seal encrypts
 */
record RunFolder(Path path, RunSeal seal) {
  private static final String INFO = "run.json";
  private static final String PART = ".part";

  /** Makes the folder of a run with what was uploaded; it is whole or not there. */
  static RunFolder create(Path runs, RunSeal seal, RunInfo info, byte[] source) throws IOException {
    Files.createDirectories(runs, ownerOnly(runs, "rwx------"));
    Path part = runs.resolve(info.id() + PART);
    delete(part);
    Files.createDirectory(part, ownerOnly(runs, "rwx------"));
    RunFolder made = new RunFolder(part, seal);
    made.writeSealed(made.source(), source);
    made.write(part.resolve(INFO), info.toJson());
    Path whole = runs.resolve(info.id().toString());
    Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    return new RunFolder(whole, seal);
  }

  private void writeSealed(Path file, byte[] content) throws IOException {
    write(file, seal.seal(file, content));
  }

  /**
   * Encrypts what an earlier version has left as it was, and removes what a crash may have left
   * when files were still written to be sent.
   */
  void sealPlain() throws IOException {
    for (Path file : List.of(source(), files().seed(), problems())) {
      if (RunSeal.isPlain(file)) {
        writeSealed(file, Files.readAllBytes(file));
      }
    }
    for (String name : List.of("failed.csv", "passwords.csv", "passwords.csv.part")) {
      Files.deleteIfExists(path.resolve(name));
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path folder, String permissions) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Writes a file as a whole: a crash leaves the old one or the new one. */
  private void write(Path file, byte[] content) throws IOException {
    Path part = path.resolve(file.getFileName() + ".new");
    Files.deleteIfExists(part);
    try (FileChannel channel =
        FileChannel.open(
            part,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly(path, "rw-------"))) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        var _ = channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The folders of all runs; what is not a run's is left out. */
  static List<RunFolder> all(Path runs, RunSeal seal) throws IOException {
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(runs)) {
      return entries
          .filter(entry -> Guid.parse(String.valueOf(entry.getFileName())).isPresent())
          .map(entry -> new RunFolder(entry, seal))
          .toList();
    }
  }

  /** Deletes what a crash has left of uploads. Nobody may upload meanwhile. */
  static void deleteParts(Path runs) throws IOException {
    if (!Files.isDirectory(runs)) {
      return;
    }
    try (Stream<Path> entries = Files.list(runs)) {
      for (Path entry : entries.filter(each -> each.toString().endsWith(PART)).toList()) {
        delete(entry);
      }
    }
  }

  /** Since when nothing was put into it or taken out. */
  Instant restingSince() throws IOException {
    return Files.getLastModifiedTime(path).toInstant();
  }

  /** What was uploaded; empty where there is no such run, or its files are damaged. */
  Optional<RunInfo> info() {
    try {
      return Optional.of(RunInfo.of(JsonBody.parse(Files.readAllBytes(path.resolve(INFO)))));
    } catch (IOException
        | WireFormatException
        | NoSuchElementException
        | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  Path source() {
    return path.resolve("upload.csv");
  }

  private Path problems() {
    return path.resolve("problems");
  }

  /**
   * Removes the upload where nothing can ask for it any more: there is nothing to apply, or all of
   * it was applied and no row has failed.
   */
  void removeSpentSource() throws IOException {
    boolean isSpent =
        switch (state()) {
          case FAILED -> true;
          case PLANNED -> plan().counts().total() == 0;
          case APPLIED, UNDONE -> new RunReport(plan(), false).read(failure -> {}).failed() == 0;
          case PLANNING, PLAN_STOPPED, APPLYING, APPLY_STOPPED, UNDOING, UNDO_STOPPED -> false;
        };
    if (isSpent) {
      Files.deleteIfExists(source());
    }
  }

  /** Whether the upload is still there. */
  boolean hasSource() {
    return Files.exists(source());
  }

  RunFiles files() {
    return new RunFiles(path.resolve("plan"), seal);
  }

  /** How the upload is read. */
  SourceOptions options(RunInfo info) {
    SourceOptions plain = SourceOptions.of(source().toAbsolutePath());
    return info.generatesPasswords() ? plain.generatingPasswords() : plain;
  }

  Plan plan() {
    return Plan.open(files());
  }

  /** How the last task ended; empty where none has begun. */
  Optional<Ended> ended() {
    try {
      return Optional.of(Ended.of(JsonBody.parse(Files.readAllBytes(path.resolve("ended.json")))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | WireFormatException | NoSuchElementException e) {
      throw unusable(e);
    }
  }

  void end(Ended ended) {
    try {
      write(path.resolve("ended.json"), ended.toJson());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private BulkException unusable(Exception cause) {
    return new BulkException(
        BulkException.Kind.FILE, "The files of the run in " + path + " cannot be used", cause);
  }

  /** What is done with the run when nothing is under way. */
  RunState state() {
    Ended last = ended().orElse(null);
    if (Files.exists(files().undo())) {
      return isComplete(last, Task.UNDO) ? RunState.UNDONE : RunState.UNDO_STOPPED;
    }
    if (Files.exists(files().run())) {
      return isComplete(last, Task.APPLY) ? RunState.APPLIED : RunState.APPLY_STOPPED;
    }
    if (last == null || (last.task() == Task.PLAN && last.stopped() != null)) {
      return RunState.PLAN_STOPPED;
    }
    return last.task() == Task.PLAN && !last.isComplete() ? RunState.FAILED : RunState.PLANNED;
  }

  private static boolean isComplete(@Nullable Ended last, Task task) {
    return last != null && last.task() == task && last.isComplete();
  }

  /** Keeps what is wrong with the upload. */
  void keep(List<Problem> problems) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Problem problem : problems) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      members.put("line", problem.line());
      members.put("key", problem.key());
      members.put("field", problem.field());
      members.put("cause", problem.cause());
      lines.writeBytes(JsonBody.write(members));
      lines.write('\n');
    }
    writeSealed(problems(), lines.toByteArray());
  }

  /** What is wrong with the upload, the first rows first. */
  List<Problem> problems(int most) {
    try {
      return new String(seal.read(problems()), StandardCharsets.UTF_8)
          .lines()
          .limit(most)
          .map(line -> problem(line))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static Problem problem(String line) {
    JsonBody body = JsonBody.parse(line.getBytes(StandardCharsets.UTF_8));
    return new Problem(
        "",
        body.number("line").orElse(0L),
        body.text("key").orElse(null),
        body.text("field").orElse(null),
        body.text("cause").orElse(""));
  }

  /** A text without the places of this server's files. */
  String withoutPlaces(String text) {
    return text.replace(path.toAbsolutePath() + File.separator, "");
  }

  void delete() throws IOException {
    delete(path);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
