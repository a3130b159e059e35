alter table pass drop constraint pass_purpose_check;
alter table pass add check (
  purpose in ('INVITATION', 'RESET', 'SECOND_STEP', 'PROVIDER', 'PASSKEY', 'NEW_PASSKEY'));

-- Where people of the organization prove who they are (OpenID Connect); one, or none.
create table sign_in_provider (
  id smallint primary key default 1 check (id = 1),
  name text not null check (length(btrim(name)) between 1 and 60),
  issuer text not null check (issuer like 'http%'),
  client_id text not null check (length(client_id) between 1 and 500),
  -- Encrypted by a key that is not in the database; null for a client without one.
  secret bytea,
  -- What the provider said of itself when it was last looked at.
  configuration text not null,
  looked_at timestamptz not null,
  active boolean not null,
  -- Whose addresses may come in; empty for every domain.
  domains text[] not null,
  -- What the provider must say of whoever comes in; empty for nothing.
  claim text not null,
  claim_value text not null,
  -- Whether people who are here already are known by their verified address.
  links_by_address boolean not null,
  -- What newcomers get: a role by its key; null when nobody comes in who was not added here.
  newcomer_role text,
  newcomer_teams bigint[] not null,
  revision bigint not null default 0
);

-- Whom the provider means by whom it names. An address may pass on to another person; this does not.
create table provider_account (
  issuer text not null,
  subject text not null,
  agent bigint not null references agent,
  linked_at timestamptz not null default now(),
  primary key (issuer, subject)
);
create unique index provider_account_agent on provider_account (agent, issuer);
