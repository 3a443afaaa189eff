package dev.vidame.bench.sql;

import static dev.vidame.bench.SeededStore.bytes;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.vidame.bench.sql.PatchWork.Account;
import dev.vidame.bench.sql.PatchWork.Change;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** By jOOQ's typed language, without its code generator. */
final class JooqStatements implements Statements {
  private static final Table<Record> USERS = table(name("users"));
  private static final Field<byte[]> CUSTOMER = field(name("customer_id"), byte[].class);
  private static final Field<byte[]> USER = field(name("user_id"), byte[].class);
  private static final Field<Long> VERSION = field(name("version"), Long.class);
  private static final Field<String> UPN = field(name("upn"), String.class);
  private static final Field<String> DISPLAY_NAME = field(name("display_name"), String.class);
  private static final Field<String> FIRST_NAME = field(name("first_name"), String.class);
  private static final Field<String> LAST_NAME = field(name("last_name"), String.class);
  private static final Field<String> LOCATION = field(name("usage_location"), String.class);
  private static final Field<String> IMMUTABLE_ID = field(name("immutable_id"), String.class);
  private static final Field<String> PHONE = field(name("phone_number"), String.class);
  private static final Field<Long> FORCE = field(name("force_change_password"), Long.class);
  private static final Field<Long> DELETED_AT = field(name("deleted_at"), Long.class);

  private static final Table<Record> JOURNAL = table(name("journal"));
  private static final List<Field<?>> JOURNAL_FIELDS =
      List.of(
          field(name("customer_id"), byte[].class),
          field(name("seq"), Long.class),
          field(name("at"), Long.class),
          field(name("partner_id"), byte[].class),
          field(name("actor_id"), byte[].class),
          field(name("application_id"), byte[].class),
          field(name("operation"), String.class),
          field(name("subject_id"), byte[].class),
          field(name("request_id"), byte[].class),
          field(name("correlation_id"), byte[].class),
          field(name("request_key"), byte[].class),
          field(name("body_hash"), byte[].class),
          field(name("changes"), String.class),
          field(name("salt"), byte[].class),
          field(name("payload_hash"), byte[].class),
          field(name("hash"), byte[].class),
          field(name("position"), Long.class));

  private final DSLContext sql;

  JooqStatements(Connection connection) {
    sql = DSL.using(connection, SQLDialect.SQLITE);
  }

  @Override
  public void patch(Change change, long position) {
    byte[] customer = bytes(change.customer());
    byte[] user = bytes(change.user());
    Account account = read(customer, user);
    insert(change, account, position);
    sql.update(USERS)
        .set(VERSION, position)
        .set(DISPLAY_NAME, change.displayName())
        .set(FIRST_NAME, account.firstName())
        .set(LAST_NAME, account.lastName())
        .set(LOCATION, account.usageLocation())
        .set(PHONE, account.phoneNumber())
        .set(FORCE, account.forceChangePassword() ? 1L : 0L)
        .where(CUSTOMER.eq(customer))
        .and(USER.eq(user))
        .execute();
  }

  private Account read(byte[] customer, byte[] user) {
    return Objects.requireNonNull(
        sql.select(
                CUSTOMER,
                USER,
                VERSION,
                UPN,
                DISPLAY_NAME,
                FIRST_NAME,
                LAST_NAME,
                LOCATION,
                IMMUTABLE_ID,
                PHONE,
                FORCE,
                DELETED_AT)
            .from(USERS)
            .where(CUSTOMER.eq(customer))
            .and(USER.eq(user))
            .fetchOne(JooqStatements::account));
  }

  private static Account account(Record row) {
    return new Account(
        PatchWork.uuid(row.get(CUSTOMER)),
        PatchWork.uuid(row.get(USER)),
        row.get(VERSION),
        row.get(UPN),
        row.get(DISPLAY_NAME),
        row.get(FIRST_NAME),
        row.get(LAST_NAME),
        row.get(LOCATION),
        row.get(IMMUTABLE_ID),
        row.get(PHONE),
        row.get(FORCE) != 0,
        row.get(DELETED_AT));
  }

  private void insert(Change change, Account account, long position) {
    sql.insertInto(JOURNAL)
        .columns(JOURNAL_FIELDS)
        .values(
            bytes(change.customer()),
            position,
            PatchWork.AT,
            PatchWork.guid(),
            PatchWork.guid(),
            PatchWork.guid(),
            PatchWork.OPERATION,
            bytes(change.user()),
            PatchWork.guid(),
            PatchWork.guid(),
            PatchWork.guid(),
            PatchWork.guid(),
            change.changes(account),
            PatchWork.guid(),
            PatchWork.hash(),
            PatchWork.hash(),
            position)
        .execute();
  }
}
