-- Which passwords are good for a partner's people and customers: compatible or nist; null for what the server says.
alter table partners add column password_profile text;
