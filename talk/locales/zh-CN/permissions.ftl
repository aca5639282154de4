permission-table-act = 可以
role-pending = { $place }{ $role }（待监管部门确认）
me-kept-none = 您的资料：{ $name }，目前不代表任何单位。
