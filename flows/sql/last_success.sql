select max(ended_at) as ended_at from runs where status = 'completed'
