package dev.vidame.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.feed.ChangeFeed;
import dev.vidame.directory.feed.Place;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.ChangeRows;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.UserRef;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An exported journal tells whether anything in it is not as it was written. */
class ExportCheckTest {
  private static final long SEED = Long.getLong("vidame.seed", new Random().nextLong());
  private static final int FLIPS = Boolean.getBoolean("vidame.long") ? 1_000_000 : 10_000;
  private static final CustomerId CUSTOMER = new CustomerId(new UUID(9, 1));
  private static final PartnerId PARTNER = new PartnerId(new UUID(9, 2));
  private static final UserId USER = new UserId(new UUID(9, 3));
  private static final int ROWS = 24;

  @TempDir private static Path folder;

  private static List<String> lines;

  @BeforeAll
  static void export() throws SQLException {
    try (Directory directory =
        Directory.open(folder.resolve("vidame.db"), Directory.Options.standard())) {
      directory.partners().create(new Partner(PARTNER, "Partner"));
      directory.customers().create(new NewCustomer(CUSTOMER, "C", "c.example"), request());
      directory
          .users()
          .create(
              CUSTOMER,
              USER,
              CustomerUserUpdate.builder()
                  .userPrincipalName("ada@c.example")
                  .displayName("Ada")
                  .passwordProfile(PasswordProfile.temporary("abCD123*"))
                  .build(),
              request());
      for (int i = 3; i <= ROWS; i++) {
        directory
            .users()
            .update(
                CUSTOMER,
                new UserRef.ById(USER),
                CustomerUserUpdate.builder().displayName("\u00c9t\u00e9 \"" + i).build(),
                new EntityTag.Any(),
                request());
      }
      lines = new ArrayList<>();
      for (ChangeFeed.Row row : directory.changes().read(CUSTOMER, Place.START, 100).rows()) {
        lines.add(
            new String(
                ChangeRows.told(row.previousHash(), row.row()).toJson(), StandardCharsets.UTF_8));
      }
    }
    assertThat(lines).hasSize(ROWS);
  }

  private static ChangeRequest request() {
    return ChangeRequest.once(Actor.operator(PARTNER), UUID.randomUUID());
  }

  private static ExportCheck.Result check(List<String> export) {
    return check((String.join("\n", export) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static ExportCheck.Result check(byte[] export) {
    try {
      return new ExportCheck(new ByteArrayInputStream(export)).run();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> copy() {
    return new ArrayList<>(lines);
  }

  @Test
  void wholeExportIsIntact() {
    ExportCheck.Result result = check(lines);

    assertThat(result.fault()).isNull();
    assertThat(result.rows()).isEqualTo(ROWS);
    assertThat(result.lastSeq()).isEqualTo(ROWS);
    assertThat(result.lastHash()).hasSize(64);
    assertThat(lines.getLast()).contains(result.lastHash());
  }

  @Test
  void laterPartIsIntactForItself() {
    ExportCheck.Result result = check(lines.subList(10, ROWS));

    assertThat(result.fault()).isNull();
    assertThat(result.firstSeq()).isEqualTo(11);
  }

  @Test
  void emptyFileHasNoRows() {
    assertThat(check(new byte[0])).isEqualTo(new ExportCheck.Result(0, 0, 0, "", 0, null));
  }

  @Test
  void missingRowIsNamed() {
    List<String> export = copy();
    export.remove(6);

    assertThat(check(export).fault()).isEqualTo("Line 7: row 8: row 7 is missing before it");
    assertThat(check(export).rows()).isEqualTo(6);
  }

  @Test
  void swappedRowsAreNamed() {
    List<String> export = copy();
    Collections.swap(export, 6, 7);

    assertThat(check(export).fault()).isEqualTo("Line 7: row 8: row 7 is missing before it");
  }

  @Test
  void doubledRowIsNamed() {
    List<String> export = copy();
    export.add(7, export.get(6));

    assertThat(check(export).fault())
        .isEqualTo("Line 8: row 7: it stands behind row 7, where it does not belong");
  }

  @Test
  void changedRowIsNamed() {
    List<String> export = copy();
    export.set(6, export.get(6).replace("\\\"7", "\\\"8"));

    assertThat(export.get(6)).isNotEqualTo(lines.get(6));
    assertThat(check(export).fault())
        .isEqualTo("Line 7: row 7: the changes of row 7 are not those that were written");
  }

  @Test
  void timeThatNoHashProvesIsNamed() {
    List<String> export = copy();
    export.set(
        6, lines.get(6).replaceFirst("\"at\":\"[^\"]*\"", "\"at\":\"+999999999-01-01T00:00:00Z\""));
    String fault =
        "Line 7: it is no exported change: The member at must be a date in microseconds.";

    assertThat(check(export).fault()).isEqualTo(fault);

    export.set(6, lines.get(6).replaceFirst("(\"at\":\"[^\"]*T..:..:..)[^\"]*", "$1.000000001Z"));

    assertThat(check(export).fault()).isEqualTo(fault);
  }

  @Test
  void changesOfARowThatSaysItWasErasedAreNamed() {
    String erased = lines.get(6).replace("\"integrity\":", "\"isErased\":true,\"integrity\":");
    List<String> export = copy();
    String fault =
        "Line 7: it is no exported change: The member isErased must be left out where there are"
            + " changes or a salt.";
    export.set(6, erased.replace("\\\"7", "\\\"8"));

    assertThat(check(export).fault()).isEqualTo(fault);

    export.set(6, erased.replaceFirst("\"salt\":\"[^\"]*\",", ""));

    assertThat(check(export).fault()).isEqualTo(fault);

    export.set(
        6,
        erased
            .replaceFirst("\"salt\":\"[^\"]*\",", "")
            .replaceFirst("\"changes\":\\[[^]]*]", "\"changes\":[]"));

    assertThat(check(export).fault()).isNull();
    assertThat(check(export).erased()).isEqualTo(1);
  }

  @Test
  void otherActorIsNamed() {
    List<String> export = copy();
    export.set(6, export.get(6).replace(PARTNER.toString(), new UUID(9, 99).toString()));

    assertThat(check(export).fault())
        .isEqualTo("Line 7: row 7: row 7 is not the one that was written");
  }

  @Test
  void erasureThatNobodyMadeCannotHideARow() {
    List<String> export = copy();
    export.set(6, export.get(6).replaceFirst("\"salt\":\"[0-9a-f]*\",", ""));

    assertThat(check(export).fault()).startsWith("Line 7: row 7: ");
  }

  @Test
  void rowOfAnotherChainIsNamed() {
    List<String> export = copy();
    export.set(6, export.get(6).replace(CUSTOMER.toString(), new UUID(9, 98).toString()));

    assertThat(check(export).fault()).isEqualTo("Line 7: row 7: it is of another customer");
  }

  @Test
  void tornLastLineIsNamed() {
    byte[] whole = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);

    for (int cut = 2; cut < lines.getLast().length(); cut += 7) {
      byte[] torn = Arrays.copyOf(whole, whole.length - cut);
      assertThat(check(torn).fault())
          .isEqualTo("Line " + ROWS + ": it is torn: the file ends in the middle of it");
    }
  }

  @Test
  void foreignLinesAreNamed() {
    for (String foreign :
        List.of("", " ", "{}", "[]", "null", "seq,at", "\u0000", "{\"seq\":7}", "x".repeat(1000))) {
      List<String> export = copy();
      export.add(6, foreign);

      assertThat(check(export).fault()).startsWith("Line 7: it is no exported change");
    }
  }

  @Test
  void blanksAndOtherSpellingsAreNamed() {
    String line = lines.get(6);
    for (String same :
        List.of(
            " " + line,
            line + " ",
            line + "\r",
            line.replace("\"requestId\"", "\"RequestId\""),
            line.replace("\"seq\":7,", "\"seq\":7,\"seq\":7,"),
            line.replace("{\"seq\"", "{\"more\":1,\"seq\""),
            line.replace("\u00c9", "\\u00c9"))) {
      List<String> export = copy();
      export.set(6, same);

      assertThat(same).isNotEqualTo(line);
      assertThat(check(export).fault())
          .isEqualTo("Line 7: row 7: the line is not as an export writes it");
    }
  }

  @Test
  void everyFlippedBitIsFoundWhereItIs() {
    System.out.println("vidame.seed=" + SEED);
    Random random = new Random(SEED);
    byte[] whole = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < FLIPS; i++) {
      int bit = random.nextInt(whole.length * 8);
      whole[bit / 8] ^= (byte) (1 << bit % 8);

      ExportCheck.Result result = check(whole);

      String around = new String(whole, Math.max(0, bit / 8 - 60), 60, StandardCharsets.ISO_8859_1);
      assertThat(result.fault()).as("bit %s behind %s", bit, around).isNotNull();
      long line = 1;
      for (int at = 0; at < bit / 8; at++) {
        line += whole[at] == '\n' ? 1 : 0;
      }
      assertThat(result.fault()).as("bit %s", bit).startsWith("Line " + line + ": ");
      whole[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(check(whole).isIntact()).isTrue();
  }

  /** A file of any length needs no more memory than a short one. */
  @Test
  void lineWithoutAnEndIsGivenUp() throws IOException {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return '{';
          }
        };

    assertThat(new ExportCheck(endless).run().fault()).isEqualTo("Line 1: it is too long");
  }
}
