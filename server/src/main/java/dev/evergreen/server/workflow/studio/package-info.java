/// The studio: where the owners of processes read, write, agree on and publish workflows.
@NullMarked
package dev.evergreen.server.workflow.studio;

import org.jspecify.annotations.NullMarked;
