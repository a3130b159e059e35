-- One question for each ticket, asked once. Whoever holds the link may answer and change the answer
-- until it expires; only the link's hash is kept.
create table survey (
  ticket_id bigint primary key references ticket,
  token_hash bytea not null unique check (length(token_hash) = 32),
  asked_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > asked_at),
  score smallint check (score between 1 and 5),
  comment text not null default '' check (length(comment) <= 5000),
  answered_at timestamptz,
  check ((score is null) = (answered_at is null))
);
