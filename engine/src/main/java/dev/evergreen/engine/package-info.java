/// Decides what a workflow run does next.
///
/// Two functions carry everything: [Engine#decide] turns a definition, a run and an input into
/// events and effects and never changes anything; [Run#apply] turns an event into the next state
/// and never decides anything. Same definition, same inputs, same times: same events, on any
/// machine.
///
/// To read it in an hour: [Definition] and its [Step]s (each kind of step is one file, with its
/// record and what it decides), [Handler], [Input], [Event] and [Effect], then [Run], [Lifecycle],
/// [Engine] and `Walk`. [Migration] with `MigrationPlan`, `Matching` and `Seat` comes after that;
/// [BusinessHours] stands by itself.
@NullMarked
package dev.evergreen.engine;

import org.jspecify.annotations.NullMarked;
