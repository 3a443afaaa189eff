package dev.vidame.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTest {
  @TempDir private Path folder;

  private static List<SourceRow.Item> read(SourceOptions options) {
    List<SourceRow.Item> items = new ArrayList<>();
    try (Source source = Source.open(options, FileSeal.none())) {
      for (SourceRow.Item item = source.next(); item != null; item = source.next()) {
        items.add(item);
      }
    }
    return items;
  }

  private SourceOptions file(String name, String text, Charset charset) throws IOException {
    return SourceOptions.of(Files.write(folder.resolve(name), text.getBytes(charset)));
  }

  private List<SourceRow.Item> csv(String text) throws IOException {
    return read(file("users.csv", text, StandardCharsets.UTF_8));
  }

  private List<SourceRow.Item> jsonl(String text) throws IOException {
    return read(file("users.jsonl", text, StandardCharsets.UTF_8));
  }

  private static List<String> problems(List<SourceRow.Item> items) {
    return items.stream()
        .flatMap(item ->
            item instanceof SourceRow.Item.Bad(List<Problem> found)
                ? found.stream()
                : Stream.empty())
        .map(Problem::text)
        .toList();
  }

  private static List<SourceRow> rows(List<SourceRow.Item> items) {
    return items.stream()
        .flatMap(item ->
            item instanceof SourceRow.Item.Good(SourceRow row) ? Stream.of(row) : Stream.empty())
        .toList();
  }

  @Test
  void rowsAreReadWithTheirLines() throws IOException {
    List<SourceRow.Item> items =
        csv(
            """
            userPrincipalName,DISPLAYNAME,phoneNumber
            a@x.example,"Ada
            Lovelace",

            b@x.example, B ,!clear
            """);

    assertThat(rows(items)).hasSize(1);
    SourceRow row = rows(items).getFirst();
    assertThat(row.line()).isEqualTo(5);
    assertThat(row.number()).isEqualTo(2);
    assertThat(row.fields()).isEqualTo(Map.of(Field.DISPLAY_NAME, "B", Field.PHONE_NUMBER, ""));
  }

  /** Lists that the command line writes come back as they were. */
  @Test
  void guardsAgainstSpreadsheetsAreTakenAway() throws IOException {
    List<SourceRow> rows =
        rows(
            csv(
                """
                userPrincipalName,displayName,firstName,lastName,phoneNumber,operation,password
                a@x.example,''=Ada,'O'Neill,' x,'+33 1 23,create,'+Secret-4711
                """));

    assertThat(rows.getFirst().fields())
        .containsEntry(Field.DISPLAY_NAME, "'=Ada")
        .containsEntry(Field.FIRST_NAME, "'O'Neill")
        .containsEntry(Field.LAST_NAME, "' x")
        .containsEntry(Field.PHONE_NUMBER, "+33 1 23");
    assertThat(rows.getFirst().password()).isEqualTo("'+Secret-4711");
  }

  @Test
  void controlCharactersAreNamed() throws IOException {
    assertThat(problems(csv("userPrincipalName,displayName\na@x.example,\"A\nB\"\n")))
        .containsExactly(
            "users.csv:2: a@x.example: displayName: The value holds a control character.");
  }

  @Test
  void delimitersAndByteOrderMarksAreFound() throws IOException {
    for (String delimiter : List.of(",", ";", "\t", "|")) {
      List<SourceRow> rows =
          rows(
              csv(
                  "\uFEFFid"
                      + delimiter
                      + "firstName\r\n4b10bf41-ab11-40e3-8c53-cd67849b50de"
                      + delimiter
                      + "\"A B\"\r\n"));

      assertThat(rows).as(delimiter).hasSize(1);
      assertThat(rows.getFirst().fields()).isEqualTo(Map.of(Field.FIRST_NAME, "A B"));
    }
  }

  @Test
  void brokenLinesAreNamed() throws IOException {
    String head = "userPrincipalName,displayName\n";

    assertThat(problems(csv(head + "a@x.example\nb@x.example,B,C\nc@x.example,C\n")))
        .containsExactly(
            "users.csv:2: The line is broken: it has 1 cells, and the header 2.",
            "users.csv:3: The line is broken: it has 3 cells, and the header 2.");
    assertThat(problems(csv(head + "a@x.example,A\nb@x.example,\"B\nc@x.example,C\n")))
        .singleElement()
        .asString()
        .startsWith("users.csv:3: The line is broken, and nothing behind it was read");
    assertThat(problems(csv(head + "a@x.example,\"A\"x\n")))
        .singleElement()
        .asString()
        .startsWith("users.csv:2: The line is broken, and nothing behind it was read");
  }

  @Test
  void otherEncodingsAreNamedByPlaceAndByte() throws IOException {
    String text = "userPrincipalName,displayName\na@x.example,A\nb@x.example,H\u00E9l\u00E8ne\n";

    assertThat(problems(read(file("users.csv", text, StandardCharsets.ISO_8859_1))))
        .containsExactly(
            "users.csv:3: The file is not UTF-8: byte 0xE9 at offset 57. Save it as UTF-8 and try"
                + " again.");
  }

  @Test
  void utf16IsRefused() throws IOException {
    SourceOptions options = file("users.csv", "id,firstName\n", StandardCharsets.UTF_16LE);
    SourceOptions marked = file("marked.csv", "id,firstName\n", StandardCharsets.UTF_16);

    assertThatThrownBy(() -> read(options))
        .isInstanceOf(BulkException.class)
        .hasMessageContaining("users.csv:1: The file holds NUL characters");
    assertThatThrownBy(() -> read(marked))
        .isInstanceOf(BulkException.class)
        .hasMessageContaining("marked.csv:1: The file is not UTF-8: byte 0xFE at offset 0");
  }

  @Test
  void columnsThatNobodyKnowsAreNamed() throws IOException {
    assertThat(problems(csv("id,Given name,displayName,DisplayName\n")))
        .hasSize(2)
        .anySatisfy(
            text -> assertThat(text).startsWith("users.csv:1: Given name: The column is not known"))
        .contains("users.csv:1: DisplayName: The column is there twice.");
    assertThat(problems(csv(""))).singleElement().asString().contains("The file is empty");
  }

  @Test
  void mappingNamesColumnsAndLeavesThemOut() throws IOException {
    SourceOptions options =
        file("users.csv", "Mail,Given name,Remarks\na@x.example,A,none\n", StandardCharsets.UTF_8);
    SourceOptions mapped =
        new SourceOptions(
            options.file(),
            null,
            null,
            Map.of("mail", "userPrincipalName", "Given name", "firstName", "Remarks", "-"),
            Operation.UPDATE,
            "-",
            false);

    assertThat(rows(read(mapped)).getFirst().fields()).isEqualTo(Map.of(Field.FIRST_NAME, "A"));
  }

  @Test
  void valuesThatNoServerTakesAreNamed() throws IOException {
    String text =
        "operation,id,userPrincipalName,displayName,usageLocation,password,forceChangePassword\n"
            + "update,,a@x.example,!clear,XX,,\n"
            + "rename,,b@x.example,,,,\n"
            + ",17,,,,,\n"
            + ",,,A,,,\n"
            + "create,,no name,,,short,perhaps\n"
            + "RESET-password,,c@x.example,,,alllowercase,\n"
            + "update,,d@x.example,"
            + "x".repeat(257)
            + ",,,true\n";

    assertThat(problems(csv(text)))
        .contains(
            "users.csv:2: a@x.example: displayName: The field cannot be emptied.",
            "users.csv:2: a@x.example: usageLocation: The value must be a country or region of two"
                + " letters.",
            "users.csv:4: 17: id: The value must be a GUID.",
            "users.csv:5: The row names no account; it needs an id or a userPrincipalName.",
            "users.csv:6: no name: userPrincipalName: The value must be a name, an @ and a domain.",
            "users.csv:6: no name: displayName: A new account needs a display name.",
            "users.csv:6: no name: password: The password must have 8 to 256 characters.",
            "users.csv:6: no name: forceChangePassword: The value must be true or false.",
            "users.csv:7: c@x.example: password: The password must hold three of: lower case, upper"
                + " case, digits, symbols.",
            "users.csv:8: d@x.example: displayName: The value must not be longer than 256"
                + " characters.",
            "users.csv:8: d@x.example: forceChangePassword: There is no password that it could be"
                + " about.")
        .anySatisfy(problem ->
            assertThat(problem)
                .startsWith("users.csv:3: b@x.example: operation: There is no operation rename"));
  }

  @Test
  void keysAndNewNamesAreToldApart() throws IOException {
    String id = "4b10bf41-ab11-40e3-8c53-cd67849b50de";
    List<SourceRow.Item> items =
        csv(
            "id,userPrincipalName,newUserPrincipalName\n"
                + id
                + ",new@x.example,\n"
                + ",old@x.example,new2@x.example\n"
                + id
                + ",a@x.example,b@x.example\n");

    assertThat(rows(items).get(0).key()).isInstanceOf(AccountKey.ById.class);
    assertThat(rows(items).get(0).fields())
        .containsEntry(Field.USER_PRINCIPAL_NAME, "new@x.example");
    assertThat(rows(items).get(1).key()).isEqualTo(new AccountKey.ByName("old@x.example"));
    assertThat(rows(items).get(1).fields())
        .containsEntry(Field.USER_PRINCIPAL_NAME, "new2@x.example");
    assertThat(problems(items)).singleElement().asString().startsWith("users.csv:4: " + id);
  }

  @Test
  void jsonLinesAreReadAndTheirFaultsNamed() throws IOException {
    List<SourceRow.Item> items =
        jsonl(
            """
            {"userPrincipalName":"a@x.example","firstName":null,"lastName":""}

            {"userPrincipalName":
            {"userPrincipalName":"b@x.example","nick":"B","firstName":{}}
            """);

    assertThat(rows(items).getFirst().fields()).isEqualTo(Map.of(Field.LAST_NAME, ""));
    assertThat(problems(items))
        .contains(
            "users.jsonl:3: The line is broken: it must be a JSON object.",
            "users.jsonl:4: firstname: The value must be a text.")
        .anySatisfy(
            text -> assertThat(text).startsWith("users.jsonl:4: nick: The member is not known"));
  }

  @Test
  void passwordKeepsItsBlanksAndIsNotShown() throws IOException {
    List<SourceRow.Item> items =
        csv("operation,userPrincipalName,password\nresetpassword, a@x.example , Pass word 1 \n");

    assertThat(rows(items).getFirst().password()).isEqualTo(" Pass word 1 ");
    assertThat(items.toString()).doesNotContain("Pass word");
  }
}
