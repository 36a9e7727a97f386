"""Let PostgreSQL refuse to change a published form, and answers that are complete.

A signed answer means what it was signed under: neither the words of the form nor what
was answered may move afterwards. A published form may still be withdrawn. A response
may still change hands when two records of one person are joined, and go in an erasure.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION questionnaires_form_stays() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog AS $$
DECLARE
    movable constant text[] :=
        '{state,withdrawn_at,withdrawn_by,withdrawn_why}';
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'withdrawn'
        AND (to_jsonb(NEW) - movable) = (to_jsonb(OLD) - movable) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published form is never changed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'questionnaires_form_stays';
END $$;

CREATE TRIGGER questionnaires_form_stays
    BEFORE UPDATE OR DELETE ON questionnaires_questionnaire
    FOR EACH ROW EXECUTE FUNCTION questionnaires_form_stays();

CREATE FUNCTION questionnaires_answers_stay() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog AS $$
DECLARE
    movable constant text[] := '{person_id,document}';
BEGIN
    IF OLD.status <> 'complete'
        OR (to_jsonb(NEW) - movable) = (to_jsonb(OLD) - movable) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'complete answers are never changed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'questionnaires_answers_stay';
END $$;

CREATE TRIGGER questionnaires_answers_stay
    BEFORE UPDATE ON questionnaires_response
    FOR EACH ROW EXECUTE FUNCTION questionnaires_answers_stay();
"""
BACKWARDS = """
DROP FUNCTION questionnaires_answers_stay() CASCADE;
DROP FUNCTION questionnaires_form_stays() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0001_forms")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
