package dev.vidame.server.tokens;

import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.DeviceCodes;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.Partners;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person does who signs in for another device (RFC 8628). Thread-safe. */
public final class DevicePage {
  private final Partners partners;
  private final DeviceCodes codes;

  DevicePage(Partners partners, DeviceCodes codes) {
    this.partners = partners;
    this.codes = codes;
  }

  /**
   * A device that waits.
   *
   * @param userCode its code, as it is stored
   * @param application what runs on it
   * @param partnerName whose application that is, for people
   */
  public record Waiting(String userCode, Application application, String partnerName) {}

  /** What became of a person's answer. */
  public enum Outcome {
    /** The device will hear it. */
    DONE,
    /** The device waits no longer. */
    TOO_LATE
  }

  /** The device with the code that a person typed, in any case, with or without a hyphen. */
  public Optional<Waiting> find(@Nullable String typed) {
    String code = typed == null ? "" : typed.toUpperCase(Locale.ROOT).replaceAll("[\\s-]", "");
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
