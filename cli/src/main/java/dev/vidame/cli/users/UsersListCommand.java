package dev.vidame.cli.users;

import dev.vidame.cli.output.OutputOptions;
import dev.vidame.sdk.SortDirection;
import dev.vidame.sdk.UserField;
import dev.vidame.sdk.UserFilter;
import dev.vidame.sdk.UserQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vidame users list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists accounts; where several conditions are given, those that meet all of them.",
      "Partner Center knows one condition, --deleted. It shows each page before it asks for the next one."
    },
    footer = {
      "",
      "Examples:",
      "  vidame users list --customer contoso.example",
      "  vidame users list --name-starts-with Gr --sort name --limit 20",
      "  vidame users list --deleted -o csv > deleted.csv",
      "  vidame users list --usage-location FR -o jsonl | jq -r .userPrincipalName"
    })
final class UsersListCommand implements Callable<Integer> {
  private static final int LARGEST_PAGE = 500;

  /** By what lists are sorted, in the words of the command line. */
  enum Sort {
    SIGN_IN_NAME(UserField.USER_PRINCIPAL_NAME),
    NAME(UserField.DISPLAY_NAME),
    FIRST_NAME(UserField.FIRST_NAME),
    LAST_NAME(UserField.LAST_NAME),
    USAGE_LOCATION(UserField.USAGE_LOCATION),
    ID(UserField.ID);

    private final UserField field;

    Sort(UserField field) {
      this.field = field;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Mixin private final OfCustomer of = new OfCustomer();
  @Mixin private final OutputOptions options = new OutputOptions();

  @Option(
      names = "--name-starts-with",
      paramLabel = "TEXT",
      description = "Only accounts whose display name begins so.")
  private @Nullable String nameStart;

  @Option(
      names = "--sign-in-name-starts-with",
      paramLabel = "TEXT",
      description = "Only accounts whose sign-in name begins so.")
  private @Nullable String signInNameStart;

  @Option(
      names = "--contains",
      paramLabel = "TEXT",
      description = "Only accounts whose display or sign-in name holds this.")
  private @Nullable String part;

  @Option(
      names = "--usage-location",
      paramLabel = "CC",
      description = "Only accounts with this country, two letters.")
  private @Nullable String usageLocation;

  @Option(names = "--deleted", description = "Deleted accounts that can still be restored.")
  private boolean isDeleted;

  @Option(
      names = "--sort",
      paramLabel = "BY",
      description = "sign-in-name, name, first-name, last-name, usage-location or id.")
  private @Nullable Sort sort;

  @Option(names = "--descending", description = "Turns the order round.")
  private boolean isDescending;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "So many accounts at most; all of them where absent.")
  private long limit = Long.MAX_VALUE;

  @Override
  public Integer call() {
    options.open().list(UserShape.SHAPE, of.customer().users().list(query()), limit);
    return 0;
  }

  private UserQuery query() {
    UserQuery query =
        UserQuery.all().withPageSize((int) Math.clamp(limit, 1, LARGEST_PAGE));
    List<UserFilter> filters = filters();
    if (!filters.isEmpty()) {
      query = query.withFilter(filters.stream().reduce(UserFilter::and).orElseThrow());
    }
    if (sort != null || isDescending) {
      query =
          query.withSort(
              sort == null ? UserField.USER_PRINCIPAL_NAME : sort.field,
              isDescending ? SortDirection.DESCENDING : SortDirection.ASCENDING);
    }
    return query;
  }

  private List<UserFilter> filters() {
    List<UserFilter> filters = new ArrayList<>();
    if (isDeleted) {
      filters.add(UserFilter.deleted());
    }
    if (nameStart != null) {
      filters.add(UserFilter.startsWith(UserField.DISPLAY_NAME, nameStart));
    }
    if (signInNameStart != null) {
      filters.add(UserFilter.startsWith(UserField.USER_PRINCIPAL_NAME, signInNameStart));
    }
    if (part != null) {
      filters.add(
          UserFilter.contains(UserField.DISPLAY_NAME, part)
              .or(UserFilter.contains(UserField.USER_PRINCIPAL_NAME, part)));
    }
    if (usageLocation != null) {
      filters.add(UserFilter.equal(UserField.USAGE_LOCATION, usageLocation));
    }
    return filters;
  }
}
