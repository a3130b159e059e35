-- In which ways an agent is told of what: on the page, by the browser, by a mail that gathers. What
-- they do not want is refused by kind and way.
alter table notification_refused
  add column way text not null default 'page' check (way in ('page', 'browser', 'mail')),
  drop constraint notification_refused_pkey,
  add primary key (agent_id, kind, way);
alter table notification_refused alter column way drop default;

alter table notification
  add column on_page boolean not null default true,
  add column by_browser boolean not null default false,
  add column by_mail boolean not null default false,
  add column mailed_at timestamptz;

-- What is still to be gathered into a mail.
create index notification_to_mail on notification (agent_id, id)
  where by_mail and read_at is null and mailed_at is null;

-- Who gets such mails, and at most how often.
create table digest (
  agent_id bigint primary key references agent,
  minutes integer not null check (minutes between 5 and 1440)
);
