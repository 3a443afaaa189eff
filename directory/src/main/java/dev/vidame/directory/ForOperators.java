package dev.vidame.directory;

import dev.vidame.directory.customers.Relationships;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.directory.operators.AgentFactors;
import dev.vidame.directory.operators.Agents;
import dev.vidame.directory.operators.ApplicationKeys;
import dev.vidame.directory.operators.Applications;
import dev.vidame.directory.operators.CustomerRoles;
import dev.vidame.directory.operators.KeyRotation;
import dev.vidame.directory.operators.Operators;
import dev.vidame.directory.operators.PartnerRegistry;
import dev.vidame.directory.operators.TrustedIssuers;
import dev.vidame.directory.partners.PartnerPasswords;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.PasswordPolicy;
import java.time.Clock;

/** What operators arrange. */
@SuppressWarnings("TooManyParameters") // one of each
record ForOperators(
    PartnerRegistry partners,
    Agents agents,
    AgentFactors agentFactors,
    Applications applications,
    ApplicationKeys applicationKeys,
    Relationships relationships,
    CustomerRoles customerRoles,
    TrustedIssuers trustedIssuers,
    Operators operators,
    KeyRotation keyRotation) {
  static ForOperators over(Transactions transactions, Shared shared, Directory.Options options) {
    Ledger ledger = shared.ledger();
    Standings standings = shared.standings();
    Clock clock = options.clock();
    return new ForOperators(
        new PartnerRegistry(transactions, ledger, standings, clock),
        new Agents(
            transactions,
            ledger,
            standings,
            new Agents.Passwords(
                new PasswordPolicy(options.userPolicy()),
                new PartnerPasswords(options.userPolicy().passwords()),
                shared.hasher()),
            clock),
        new AgentFactors(
            transactions,
            ledger,
            new AgentFactors.Hashing(shared.hasher(), shared.random()),
            clock),
        new Applications(transactions, ledger, standings, shared.random(), clock),
        new ApplicationKeys(transactions, ledger, standings, clock),
        new Relationships(transactions, ledger, standings, clock),
        new CustomerRoles(transactions, ledger, standings, clock),
        new TrustedIssuers(transactions, ledger, standings, clock),
        new Operators(transactions, ledger, shared.random(), clock),
        new KeyRotation(transactions, ledger, clock));
  }
}
