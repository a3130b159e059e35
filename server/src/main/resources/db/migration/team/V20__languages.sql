-- What somebody chose to read, by its tag of BCP 47; null for what the installation speaks.
alter table agent add column language text check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]+)*$');
