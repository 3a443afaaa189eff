package dev.vidame.directory;

import dev.vidame.directory.feed.ChangeFeed;
import dev.vidame.directory.journal.Journal;
import dev.vidame.directory.journal.Ledger;
import dev.vidame.directory.journal.Replays;
import dev.vidame.directory.observation.HashObserver;
import dev.vidame.directory.partners.Standings;
import dev.vidame.directory.passwords.PasswordHasher;
import dev.vidame.directory.secrets.Secrets;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.UserCounts;
import java.security.SecureRandom;

/**
 * What is there once for a store, whoever works with it.
 *
 * @param random a source that nobody can predict
 * @param replays the requests that succeeded
 * @param journal what changed
 * @param feed tells it on
 * @param standings what agents are to customers
 * @param hasher hashes passwords
 * @param userCounts how many accounts customers had
 */
@SuppressWarnings("TooManyParameters") // one of each
record Shared(
    SecureRandom random,
    Replays replays,
    Journal journal,
    ChangeFeed feed,
    Standings standings,
    PasswordHasher hasher,
    UserCounts.Known userCounts) {
  static Shared over(Transactions transactions, Directory.Options options, HashObserver hashing) {
    SecureRandom random = new SecureRandom();
    byte[] ofBodies = new Secrets(transactions, random).get("request-bodies");
    Replays replays = new Replays(options.clock(), transactions.dialect(), ofBodies);
    Journal journal = new Journal(options.clock(), random, replays, transactions.dialect());
    return new Shared(
        random,
        replays,
        journal,
        new ChangeFeed(transactions, journal.bells(), journal.counts()),
        new Standings(transactions),
        new PasswordHasher(random, options.hashing(), hashing),
        new UserCounts.Known());
  }

  Ledger ledger() {
    return new Ledger(journal, replays);
  }
}
