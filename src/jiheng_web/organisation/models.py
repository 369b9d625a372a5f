"""The organisation tree, people, and who has which role where."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from jiheng_web.organisation.roles import Role


class UnitKind(models.TextChoices):
    """区 → 财政局 and 部门 → 下属单位 → 科室、社区."""

    REGION = "region", "区"
    BUREAU = "bureau", "财政局"
    DEPARTMENT = "department", "部门"
    SUBORDINATE = "subordinate", "下属单位"
    OFFICE = "office", "科室（社区）"


class Unit(models.Model):
    """A node of the tree. **Shape** `path` holds the ids from the root down: "/1/4/9/"."""

    name = models.CharField("名称", max_length=200)
    kind = models.CharField("类别", max_length=20, choices=UnitKind.choices)
    region = models.CharField("行政区划代码", max_length=6, default="", blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=200, default="", blank=True, db_index=True)
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        db_table = "org_unit"
        ordering = ("path",)
        constraints = (models.UniqueConstraint(fields=("parent", "name"), name="org_unit_name_once"),)

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if path != self.path:
            self.path = path
            type(self).objects.filter(pk=self.pk).update(path=path)

    def is_within(self, other: Unit) -> bool:
        """Whether the unit is the other or lies below it."""
        return self.path.startswith(other.path)

    @property
    def department(self) -> Unit | None:
        """The department that the unit is or belongs to."""
        unit: Unit | None = self
        while unit is not None and unit.kind != UnitKind.DEPARTMENT:
            unit = unit.parent
        return unit


class UserManager(BaseUserManager):
    """People are made with a password or not at all."""

    def create_user(self, username: str, password: str, **fields: object) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in."""

    username = models.CharField("用户名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    is_active = models.BooleanField("在用", default=True)
    is_demo = models.BooleanField("演示账号", default=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="所在单位"
    )
    must_change = models.BooleanField("一次性密码，登录后必须改", default=False)
    totp_secret = models.CharField(max_length=64, default="", blank=True)
    totp_last = models.BigIntegerField("用过的最后一个时间步", default=0)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ()
    objects = UserManager()

    class Meta:
        db_table = "org_user"

    def __str__(self) -> str:
        return self.name

    @property
    def is_admin(self) -> bool:
        """Whether the person is one of the three separated administrators."""
        return any(Role(one.role).is_admin for one in self.memberships.all())

    @property
    def needs_totp(self) -> bool:
        """Administrators sign in with a second factor."""
        return self.is_admin


class Membership(models.Model):
    """A role in a unit."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    role = models.CharField("角色", max_length=20, choices=[(one.value, one.value) for one in Role])

    class Meta:
        db_table = "org_membership"
        constraints = (models.UniqueConstraint(fields=("user", "unit", "role"), name="org_membership_once"),)

    def __str__(self) -> str:
        return f"{self.unit} {self.role}"

    @property
    def reach(self) -> Unit:
        """The root of what the role sees: the bureau's district, an office's department, otherwise its own unit."""
        if Role(self.role).is_bureau and self.unit.parent is not None:
            return self.unit.parent
        if Role(self.role).is_of_office:
            return self.unit.department or self.unit
        return self.unit
