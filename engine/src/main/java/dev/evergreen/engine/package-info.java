/// Decides what a workflow run does next.
///
/// Two functions carry everything: [Engine#decide] turns a definition, a run and an input into
/// events and effects and never changes anything; [Run#apply] turns an event into the next state
/// and never decides anything. Same definition, same inputs, same times: same events, on any
/// machine.
///
/// To read it in an hour:
///
/// 1. **What people write.** [Definition], a tree of [Step]s with [Handler]s; [Span], [Condition]
///    and [Term] stand in it, and [ValueType] types its data.
/// 2. **What goes in and comes out.** [Input], [Event], [Effect] and [Decision].
/// 3. **What a run is.** [Run]: its place in the tree is the set of its open activations.
///    [Lifecycle] lists every change that there is.
/// 4. **How it goes on.** [Engine] finds what an input is about and hands it to the step; `Walk` is
///    one decision in the making. Each kind of step is one file with its record and what it
///    decides: begin with [DoStep] and [WaitStep], then [RepeatStep] and [TogetherStep], which are
///    scopes, and `Handler`, which puts a scope around any of them.
/// 5. **Another version.** [Migration] previews and moves a run: `Matching` says which steps are
///    the same ones, `Seat` what an open scope offers to what is inside of it, `MigrationPlan` what
///    becomes of each activation.
/// 6. **Time.** [BusinessHours], on `DaySums`, stands by itself.
@NullMarked
package dev.evergreen.engine;

import org.jspecify.annotations.NullMarked;
