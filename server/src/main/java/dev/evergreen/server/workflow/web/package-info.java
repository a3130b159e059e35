/// What to do next and the path of a case, for the desk; the pages of runs and workflows.
@NullMarked
@NamedInterface("web")
package dev.evergreen.server.workflow.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
