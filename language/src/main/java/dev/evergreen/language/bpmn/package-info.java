/// Workflows as BPMN 2.0 (ISO/IEC 19510) with diagram interchange: written from the tree, and read
/// back from models whose flow is block-structured.
///
/// What BPMN has no word for (a form, a checklist, a calendar of business hours) travels in
/// extension elements of our namespace, which other tools keep and ignore.
///
/// Start at [Bpmn].
@NullMarked
package dev.evergreen.language.bpmn;

import org.jspecify.annotations.NullMarked;
