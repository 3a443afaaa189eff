package dev.vidame.server.dashboard;

import dev.vidame.server.texts.Text;

/**
 * The page of who is not signed in.
 *
 * @param frame what every page has
 * @param why what is said
 */
record SignedOutPage(Frame frame, Text why) {}
