select inbox from runs where inbox is not null order by started_at desc limit 1
