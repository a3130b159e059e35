/// Histories of runs as a version of the program wrote them, which every later build has to read,
/// to replay and to continue.
@NullMarked
package dev.evergreen.server.workflow.recorded;

import org.jspecify.annotations.NullMarked;
