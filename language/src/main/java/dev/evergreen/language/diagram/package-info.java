/// Workflows drawn: the process tree as an SVG, made on the server. A tree is laid out by one walk
/// from its root, so there is no layout library and the same tree always gives the same drawing.
///
/// Start at [Diagram#of].
@NullMarked
package dev.evergreen.language.diagram;

import org.jspecify.annotations.NullMarked;
