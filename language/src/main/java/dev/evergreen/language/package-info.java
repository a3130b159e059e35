/// Workflow files: read with positions, checked, compiled for the engine; and the contracts by
/// which the product's modules offer workflows their actions, events and facts.
///
/// Start at [WorkflowFiles#read]. Expressions are CEL and texts are Liquid; neither can reach the
/// JVM, the clock or chance.
@NullMarked
package dev.evergreen.language;

import org.jspecify.annotations.NullMarked;
