package dev.vidame.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Gives a test class a server of its own, with the founding document in it, which is reset before
 * each test. Tests, their constructors and their lifecycle methods may have a parameter of the type
 * {@link Vidame}. Classes may run beside each other; tests of one class take turns.
 *
 * {@snippet :
 * @VidameTest
 * class RenameTest {
 *   @Test
 *   void accountIsRenamed(Vidame vidame) {
 *     var user = vidame.user().name("anna").create();
 *     ...
 *   }
 * }
 * }
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(VidameExtension.class)
@ResourceLock(providers = OwnServer.class)
public @interface VidameTest {}
