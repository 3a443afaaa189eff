package dev.vidame.directory.audit;

import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.storage.Session;
import dev.vidame.wire.CustomerId;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds what ids are called, each once. For one session. */
final class Names {
  private static final String COMPANY =
      "select c.company_name from relationships r join customers c on c.customer_id = r.customer_id"
          + " where r.customer_id = ?1 and r.partner_id = ?2"
          + " union all select company_name from former_company_names"
          + " where customer_id = ?1 and partner_id = ?2 limit 1";

  private static final String AGENT =
      "select upn from agents where agent_id = ?1 and partner_id = ?2"
          + " union all select name from former_actors"
          + " where actor_id = ?1 and partner_id = ?2 limit 1";

  private static final String APPLICATION =
      "select name from applications where application_id = ?1 and partner_id = ?2"
          + " union all select name from former_actors"
          + " where actor_id = ?1 and partner_id = ?2 limit 1";

  private final Session session;
  private final PartnerId partner;
  private final Map<Question, Optional<String>> known = new HashMap<>();

  Names(Session session, PartnerId partner) {
    this.session = session;
    this.partner = partner;
  }

  /** What the partner knows, or last knew, a customer as; null where it never did. */
  @Nullable String company(@Nullable CustomerId customer) throws SQLException {
    return customer == null ? null : name(COMPANY, customer.value()).orElse(null);
  }

  AuditEntry.Who who(Actor actor) throws SQLException {
    UUID agent = actor.isOperator() ? null : actor.agent().map(id -> id.value()).orElse(null);
    UUID application = actor.application().value();
    return new AuditEntry.Who(
        partner,
        agent == null ? null : name(AGENT, agent).orElse(agent.toString()),
        actor.isOperator() ? null : name(APPLICATION, application).orElse(application.toString()));
  }

  private Optional<String> name(String statement, UUID id) throws SQLException {
    Question question = new Question(statement, id);
    Optional<String> name = known.get(question);
    if (name == null) {
      name =
          session.one(
              statement, arguments -> arguments.uuid(id).uuid(partner.value()), row -> row.text(1));
      known.put(question, name);
    }
    return name;
  }

  private record Question(String statement, UUID id) {}
}
