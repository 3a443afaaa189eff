package dev.vidame.cli.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vidame admin explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says whether an agent may do something now, and why.",
      "",
      "The operations are those of docs/rights.md, as update_user or list_customers."
    },
    footer = {
      "",
      "Example:",
      "  vidame admin explain ada@contoso.example update_user eebd1b55-5360-4438-a11d-5c06918c3014"
    })
final class ExplainCommand extends Group {
  private static final String[] COLUMNS = {
    "explanation",
    "decision",
    "reach",
    "reason",
    "userPrincipalName",
    "partner",
    "roles",
    "operation",
    "customer",
    "relationship",
    "sufficientRoles",
    "sufficientCustomerRoles",
    "rolesForPart"
  };

  @Mixin private Connection connection = new Connection();

  @Parameters(index = "0", paramLabel = "AGENT", description = "Its id or sign-in name.")
  private String agent = "";

  @Parameters(
      index = "1",
      paramLabel = "OPERATION",
      description = "What it is about to do, such as update_user.")
  private String operation = "";

  @Parameters(
      index = "2",
      paramLabel = "CUSTOMER",
      arity = "0..1",
      description = "Its id, where the operation is on one.")
  private @Nullable String customer;

  @Override
  public void run() {
    with(
        connection,
        (client, output) -> output.item(client.get(AdminClient.path("access") + query()), COLUMNS));
  }

  private String query() {
    String query = "?agent=" + encoded(agent) + "&operation=" + encoded(operation);
    return customer == null ? query : query + "&customer=" + encoded(customer);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
