permission-table-act = may
role-pending = { $place } ({ $role }, to be accepted by the department)
me-kept-none = Your data: { $name }, acting for nobody at present.
