permission-table-act = may
