-- What a member does before her team meets, and whether she wants the mail about it.

-- Said on her own result's page: that she looked, and what her team should know of her classes. The latest row
-- of a member counts until her team's meeting has ended.
create table meeting_preparation (
    team_id varchar not null,
    teacher_id varchar not null,
    ready boolean not null,
    words varchar not null,
    said_at timestamp not null
);

-- A member who wants no digest of this team's meetings; no row is a yes.
create table digest_declined (
    team_id varchar not null,
    teacher_id varchar not null,
    declined_at timestamp not null
);
