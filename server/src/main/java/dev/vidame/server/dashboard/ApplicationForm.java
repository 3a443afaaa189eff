package dev.vidame.server.dashboard;

import dev.vidame.directory.operators.Applications;
import dev.vidame.directory.partners.Application;
import dev.vidame.server.registration.GivenTexts;
import dev.vidame.server.registration.RedirectUris;
import java.util.List;

/**
 * An application as a form has it. Immutable.
 *
 * @param name what people call it
 * @param redirectUris where browsers may be sent, as it was typed, one to a line
 * @param isPublic whether it is to have no secret
 * @param nameBefore what people called it when the form was made
 * @param redirectUrisBefore where browsers could be sent then
 */
@SuppressWarnings("TooManyParameters") // the fields of the form
record ApplicationForm(
    String name,
    String redirectUris,
    boolean isPublic,
    String nameBefore,
    String redirectUrisBefore) {
  private static final String NAME = "name";
  private static final String URIS = "redirectUris";
  private static final String WAS = "was.";

  static ApplicationForm empty() {
    return new ApplicationForm("", "", false, "", "");
  }

  static ApplicationForm of(Application application) {
    String uris = String.join("\n", application.redirectUris());
    return new ApplicationForm(
        application.name(), uris, !application.isConfidential(), application.name(), uris);
  }

  static ApplicationForm of(Form form) {
    return new ApplicationForm(
        form.field(NAME),
        form.field(URIS),
        form.field("public").equals("on"),
        form.field(WAS + NAME),
        form.field(WAS + URIS));
  }

  /** The addresses one by one. */
  List<String> uris() {
    return lines(redirectUris);
  }

  private List<String> urisBefore() {
    return lines(redirectUrisBefore);
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).distinct().toList();
  }

  private boolean isRenamed() {
    return !name.equals(nameBefore);
  }

  private boolean isMoved() {
    return !uris().equals(urisBefore());
  }

  boolean isUnchanged() {
    return !isRenamed() && !isMoved();
  }

  /** What is wrong with it; what the reader did not touch is not looked at. */
  Faults faults() {
    Faults faults = Faults.none();
    if (isRenamed() || name.isEmpty()) {
      faults.add(NAME, GivenTexts.fault(name));
    }
    if (isMoved()) {
      faults.add(URIS, RedirectUris.fault(uris()));
    }
    return faults;
  }

  /** What the reader changed, and nothing else. */
  Applications.Update toUpdate() {
    return new Applications.Update(isRenamed() ? name : null, null, isMoved() ? uris() : null);
  }
}
