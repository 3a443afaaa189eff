package dev.vidame.server.tokens;

import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.DeviceCodes;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.Partners;
import dev.vidame.server.limits.SignInGuard;
import dev.vidame.server.limits.SignInGuard.Kind;
import dev.vidame.server.limits.SignInGuard.Who;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/** What a person does who signs in for another device (RFC 8628). Thread-safe. */
public final class DevicePage {
  private final Partners partners;
  private final DeviceCodes codes;
  private final SignInGuard guard;

  DevicePage(Partners partners, DeviceCodes codes, SignInGuard guard) {
    this.partners = partners;
    this.codes = codes;
    this.guard = guard;
  }

  /**
   * A device that waits.
   *
   * @param userCode its code, as it is stored
   * @param application what runs on it
   * @param partnerName whose application that is, for people
   */
  public record Waiting(String userCode, Application application, String partnerName) {
    /** Never shows the code. */
    @Override
    public String toString() {
      return "Waiting[" + application.id() + "]";
    }
  }

  /** What became of a person's answer. */
  public enum Outcome {
    /** The device will hear it. */
    DONE,
    /** The device waits no longer. */
    TOO_LATE
  }

  /**
   * The device with the code that a person typed, in any case, with or without a hyphen. What can
   * be no code is no guess.
   *
   * @throws dev.vidame.server.limits.SignInThrottled when too many codes from there were wrong
   */
  public Optional<Waiting> find(String typed, InetAddress address) {
    String code = typed.toUpperCase(Locale.ROOT).replaceAll("[\\s-]", "");
    return DeviceCodes.isUserCode(code)
        ? guard.attempt(new Who(Kind.USER_CODE, code, address), () -> found(code))
        : Optional.empty();
  }

  /** The device with a code that was found before, in the spelling that it is stored in. */
  public Optional<Waiting> found(String code) {
    return codes
        .waiting(code)
        .flatMap(wish -> partners.applicationInUse(wish.application()))
        .map(application ->
            new Waiting(
                code,
                application,
                partners.get(application.partner()).map(Partner::name).orElse("")));
  }

  /** The agent, who is one of the application's partner, has signed in and allows it. */
  public Outcome allow(Waiting waiting, SignIns.SignedIn signedIn) {
    return codes.allow(waiting.userCode(), signedIn.agent().id(), signedIn.isMultiFactor())
        ? Outcome.DONE
        : Outcome.TOO_LATE;
  }

  /** The person does not allow it. */
  public Outcome deny(Waiting waiting) {
    return codes.deny(waiting.userCode()) ? Outcome.DONE : Outcome.TOO_LATE;
  }
}
