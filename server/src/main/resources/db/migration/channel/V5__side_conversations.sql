-- Mails of side conversations: with somebody who is not the customer.
alter table outbox add column side_conversation bigint;
alter table arrival add column side_conversation bigint;

create index outbox_side on outbox (side_conversation, id) where side_conversation is not null;
create index arrival_side on arrival (side_conversation, id) where side_conversation is not null;
