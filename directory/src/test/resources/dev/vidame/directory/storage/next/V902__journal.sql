alter table journal add column origin text collate "C";
