package dev.vidame.bench.compare;

import dev.vidame.bench.Accounts;
import dev.vidame.bench.Product;
import dev.vidame.bench.Rate;
import dev.vidame.bench.RunScope;
import dev.vidame.bench.SeededStore;
import dev.vidame.bench.StoreOnly;
import dev.vidame.bench.Template;
import dev.vidame.bench.Wrk;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Vidame as its launcher starts it, over a file or over a PostgreSQL. */
final class VidamePeer implements Peer {
  private static final HttpSystem.Change CHANGE =
      new HttpSystem.Change(
          "PATCH",
          "MS-RequestId",
          "{\"displayName\":\""
              + Template.VALUE
              + "\",\"attributes\":{\"objectType\":\"CustomerUser\"}}",
          "displayName",
          "userPrincipalName");

  private final RunScope scope;
  private final Plan plan;
  private final boolean isOnPostgres;
  private final Path folder;
  private @Nullable SeededStore store;

  VidamePeer(RunScope scope, Plan plan, boolean isOnPostgres) {
    this.scope = scope;
    this.plan = plan;
    this.isOnPostgres = isOnPostgres;
    this.folder = scope.folder().resolve(name());
  }

  @Override
  public String name() {
    return isOnPostgres ? "vidame_postgresql" : "vidame_sqlite";
  }

  @Override
  public String title() {
    return isOnPostgres ? "Vidame on PostgreSQL" : "Vidame on SQLite";
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path postgresData() {
    return folder.resolve("postgresql");
  }

  @Override
  public void prepare() throws IOException, SQLException {
    Files.createDirectories(folder);
    SeededStore.Size size = new SeededStore.Size(plan.users(), plan.customers());
    if (isOnPostgres) {
      try (DurablePostgres postgres = DurablePostgres.start(postgresData())) {
        store = SeededStore.create(data(), postgres.url(), size);
      }
    } else {
      store = SeededStore.create(data(), size);
    }
    writePaths(Accounts.read(store.accountsFile()));
  }

  private void writePaths(Accounts accounts) throws IOException {
    try (BufferedWriter paths = Files.newBufferedWriter(folder.resolve("users"))) {
      for (int i = 0; i < accounts.count(); i++) {
        paths.write(
            "/v1/customers/%s/users/%s\n".formatted(accounts.customer(i), accounts.user(i)));
      }
    }
    Files.writeString(
        folder.resolve("list"),
        "/v1/customers/%s/users?size=%d\n".formatted(accounts.customer(0), Operation.PAGE));
  }

  @Override
  public String version() throws IOException, SQLException {
    if (isOnPostgres) {
      return DurablePostgres.version(postgresData());
    }
    try (Connection connection =
        DriverManager.getConnection(Objects.requireNonNull(store, "prepared first").url())) {
      return "SQLite " + connection.getMetaData().getDatabaseProductVersion();
    }
  }

  @Override
  public Running start() throws IOException, SQLException {
    SeededStore seeded = Objects.requireNonNull(store, "prepared first");
    if (!isOnPostgres) {
      return new Started(scope, seeded, null);
    }
    DurablePostgres postgres = DurablePostgres.start(postgresData());
    try {
      return new Started(
          scope,
          new SeededStore(seeded.folder(), postgres.url(), seeded.partner(), seeded.application()),
          postgres);
    } catch (IOException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  private final class Started implements Running {
    private final RunScope scope;
    private final SeededStore store;
    private final @Nullable DurablePostgres postgres;
    private final Product product;
    private final HttpSystem http;

    Started(RunScope scope, SeededStore store, @Nullable DurablePostgres postgres)
        throws IOException {
      this.scope = scope;
      this.store = store;
      this.postgres = postgres;
      this.product = Product.start(scope, store, "", List.of());
      URI server = product.server().address();
      this.http =
          new HttpSystem(
              new Wrk(scope, store.accountsFile(), plan.connections()),
              new HttpSystem.Manners(
                  server,
                  () -> store.accessToken(server),
                  folder.resolve("users"),
                  folder.resolve("list"),
                  CHANGE,
                  "userPrincipalName"));
    }

    @Override
    public List<Operation> operations() {
      return postgres == null
          ? List.of(Operation.CHANGE, Operation.READ, Operation.LIST)
          : List.of(Operation.values());
    }

    @Override
    public Rate measure(Operation operation) throws IOException {
      return operation == Operation.STORE ? storeOnly() : http.measure(operation, plan);
    }

    private Rate storeOnly() throws IOException {
      try (StoreOnly alone = StoreOnly.startOn(scope, store, plan.connections())) {
        return plan.measure(alone::run);
      }
    }

    @Override
    public void close() throws IOException {
      http.close();
      product.close();
      if (postgres != null) {
        postgres.close();
      }
    }
  }
}
